import { useI18n } from "vue-i18n";
import { type AreaTree, nameOf } from "../../state/areas";
import { bandName } from "../../state/assessment/formula";
import { lastDay, numberOf } from "../../state/assessment/periods";
import { centerZone } from "../../state/zone";
import { ApiProblem } from "../../wire/api";
import type { PolicyBody, Subject } from "../../wire/assessmentApi";
import { useWords } from "../words";

const DAY_TEXT = { timeZone: "UTC" } as const;
const POINT_DIGITS = 2;

/** Assessment in words: periods, points, bands, why there is nothing, refusals. */
export function useAssessmentWords() {
  const { t, te, locale } = useI18n({ useScope: "global" });
  const words = useWords();
  const a = (key: string, values: Record<string, unknown> = {}): string => t(`assessment.${key}`, values);
  /** What the server has more of than this page knows is shown as it is. */
  const known = (group: string, word: string): string =>
    te(`assessment.${group}.${word}`, "zh-CN") ? a(`${group}.${word}`) : word;

  const fixed = (n: number, digits = POINT_DIGITS): string =>
    new Intl.NumberFormat(locale.value, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(n);
  const plain = (n: number, most = 4): string =>
    new Intl.NumberFormat(locale.value, { maximumFractionDigits: most }).format(n);
  const dayOf = (day: string, options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale.value, { ...DAY_TEXT, ...options }).format(Date.parse(`${day}T00:00:00Z`));
  const day = (text: string): string =>
    dayOf(text, { month: locale.value === "en" ? "short" : "long", day: "numeric" });

  function period(kind: "week" | "month" | "quarter" | "year", starts: string): string {
    const { year, n } = numberOf(kind, starts);
    if (kind === "month") return dayOf(starts, { year: "numeric", month: "long" });
    return a(`period.${kind}`, { year, n });
  }

  return {
    a,
    fixed,
    plain,
    number: words.number,
    signed: (n: number): string => (n > 0 ? `+${fixed(n)}` : n < 0 ? `−${fixed(-n)}` : fixed(0)),
    percent: (share: number, digits = 0): string => `${plain(share * 100, digits)}%`,
    day,
    weekday: (text: string): string => dayOf(text, { weekday: "short" }),
    weekdayOf: (n: number): string => dayOf(`2026-06-0${n + 1}`, { weekday: "short" }),
    period,
    /** 10月19日–25日: both days are in it. */
    span: (starts: string, ends: string): string => a("period.span", { from: day(starts), last: day(lastDay(ends)) }),
    time: (iso: string): string =>
      new Intl.DateTimeFormat(locale.value, {
        timeZone: centerZone(),
        year: "numeric",
        month: locale.value === "en" ? "short" : "2-digit",
        day: "2-digit",
        hour: "2-digit",
        minute: "2-digit",
        hourCycle: "h23",
      }).format(Date.parse(iso)),
    length(seconds: number): string {
      const s = Math.round(seconds);
      if (s < 60) return a("length.seconds", { n: s });
      if (s < 3600) return a("length.minutes", { n: Math.floor(s / 60), rest: s % 60 });
      return a("length.hours", { n: Math.floor(s / 3600), rest: Math.floor((s % 3600) / 60) });
    },
    /** A person's name, or an area's in the language that is read; the code where nobody knows it any more. */
    subjectName(
      tree: AreaTree,
      kind: Subject,
      { subject, name }: { subject: string | null; name: string | null },
    ): string {
      if (subject === null) return a("list.erasedName");
      const node = kind === "worker" ? null : tree.find(subject);
      return node ? nameOf(node.area, locale.value) : (name ?? subject);
    },
    indicator: (id: string): string => known("indicators", id),
    counted(subject: Subject, id: string): string {
      const key = `counted.${subject === "worker" ? "worker" : "area"}.${id}`;
      return te(`assessment.${key}`, "zh-CN") ? a(key) : "";
    },
    amount: (id: string, n: number): string =>
      a(te(`assessment.units.${id}`, "zh-CN") ? `units.${id}` : "units.other", { n: plain(n, 2) }),
    band: (policy: PolicyBody | null, band: string): string =>
      bandName(policy, band, locale.value) ?? known("bands", band),
    noData: (why: string): string => known("noData", why),
    noTotal: (why: string): string => known("noTotal", why),
    excluded: (kind: string): string => known("excluded", kind),
    reason: (why: string): string => known("reasons", why),
    dayState: (state: string): string => known("dayStates", state),
    problem(error: unknown): string {
      if (!(error instanceof ApiProblem)) return a("problem.broken");
      if (error.status === 0) return a("problem.away");
      if (error.status === 403) return a("problem.forbidden");
      if (error.status === 410) return a("problem.erased");
      if (error.status === 428) return a("problem.reason");
      if (error.status === 429) return a("problem.busy");
      if (error.status >= 502) return a("problem.starting");
      if (error.reason && te(`assessment.problem.reasons.${error.reason}`, "zh-CN")) {
        return a(`problem.reasons.${error.reason}`);
      }
      return a("problem.failed", { detail: error.detail ?? String(error.status) });
    },
  };
}
