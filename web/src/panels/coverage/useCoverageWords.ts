import { useI18n } from "vue-i18n";
import { STEPS, type Step } from "../../state/coverage/scales";
import { centerDay } from "../../state/coverage/windows";
import { ApiProblem } from "../../wire/api";
import type { CoverageCellInfo } from "../../wire/contracts.gen";
import type { Measure } from "../../wire/coverageBytes";
import { useWords } from "../words";

/** A square of 25 m in square kilometres. */
const SQUARE_KM2 = 25 ** 2 / 1e6;
const DAY_TEXT = { timeZone: "UTC" } as const;

/** Coverage in words: days, shares, lengths of time, steps of the legend, refusals. */
export function useCoverageWords() {
  const { t, locale } = useI18n({ useScope: "global" });
  const words = useWords();
  const c = (key: string, values: Record<string, unknown> = {}): string => t(`coverage.${key}`, values);
  const decimals = (n: number, digits: number): string =>
    new Intl.NumberFormat(locale.value, { maximumFractionDigits: digits }).format(n);

  function stepText(measure: Measure, step: Step): string {
    const { from, to } = step;
    if (measure === "age") {
      if (step.never) return c("legend.never");
      if (from === 0) return c("legend.today");
      if (to === null || to > 200) return c("legend.daysMore", { n: from });
      return to - from === 1 ? c("legend.day", { n: from }) : c("legend.days", { from, to: to - 1 });
    }
    if (measure === "blind") {
      if (step.never) return c("legend.never");
      if (from === 0) return c("legend.notBlind");
      return to === null || to > 200 ? c("legend.overMore", { n: from }) : c("legend.over", { from, to: to - 1 });
    }
    if (from === 0) return c("legend.nobody");
    if (measure === "visits") {
      if (from < 1) return c("legend.lessThan", { n: 1 });
      return to === null ? c("legend.timesMore", { n: from }) : c("legend.times", { from, to });
    }
    if (from < 60) return c("legend.lessMinute");
    if (to === null) return c("legend.hoursMore", { n: from / 3600 });
    return to <= 3600
      ? c("legend.minutes", { from: from / 60, to: to / 60 })
      : c("legend.hours", { from: from / 3600, to: to / 3600 });
  }

  return {
    c,
    number: words.number,
    /** Few are not none, and nearly all not all. */
    percent(share: number | null): string {
      if (share === null) return "–";
      if (share > 0 && share < 0.001) return `<${decimals(0.1, 1)}%`;
      if (share < 1 && share > 0.999) return `>${decimals(99.9, 1)}%`;
      return `${decimals(share * 100, 1)}%`;
    },
    ground: (squares: number): string => {
      const km2 = squares * SQUARE_KM2;
      return c("rates.ground", { n: decimals(km2, km2 < 10 ? 2 : 1) });
    },
    /** 2026-11-17 as the language writes a day. */
    day: (day: string): string =>
      new Intl.DateTimeFormat(locale.value, {
        ...DAY_TEXT,
        month: locale.value === "en" ? "short" : "long",
        day: "numeric",
      }).format(Date.parse(`${day}T00:00:00Z`)),
    weekday: (day: string): string =>
      new Intl.DateTimeFormat(locale.value, { ...DAY_TEXT, weekday: "short" }).format(Date.parse(`${day}T00:00:00Z`)),
    month: (day: string): string =>
      new Intl.DateTimeFormat(locale.value, { ...DAY_TEXT, month: "short" }).format(Date.parse(`${day}T00:00:00Z`)),
    shortTime: (iso: string): string => words.shortTime(Date.parse(iso)),
    /** 14:05 of today, or the day before it: a picture of yesterday is not taken for one of now. */
    moment(iso: string, today = centerDay(Date.now())): string {
      const at = Date.parse(iso);
      const [day, time] = [centerDay(at), words.shortTime(at)];
      return day === today ? time : `${this.day(day)} ${time}`;
    },
    length(seconds: number): string {
      const s = Math.round(seconds);
      if (s < 60) return c("minutes.seconds", { n: s });
      if (s < 3600) return c("minutes.minutes", { n: Math.round(s / 60) });
      return c("minutes.hours", { n: Math.floor(s / 3600), rest: Math.floor((s % 3600) / 60) });
    },
    steps: (measure: Measure): string[] => STEPS[measure].map((step) => stepText(measure, step)),
    age: (cell: CoverageCellInfo): string => {
      if (cell.ageDays === null) return c("square.ageNever");
      return cell.ageDays === 0 ? c("square.ageToday") : c("square.ageDays", { n: cell.ageDays });
    },
    problem(error: unknown): string {
      if (!(error instanceof ApiProblem)) return c("problem.broken");
      if (error.status === 0) return c("problem.away");
      if (error.status === 403) return c("problem.forbidden");
      if (error.status === 413) return c("problem.large");
      if (error.status === 428) return c("problem.reason");
      if (error.status === 429) return c("problem.busy");
      if (error.status >= 502) return c("problem.starting");
      return c("problem.failed", { detail: error.detail ?? String(error.status) });
    },
  };
}
