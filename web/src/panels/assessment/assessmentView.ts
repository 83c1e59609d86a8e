import { isDay } from "../../state/calendarDays";
import { isStyleChoice, type StyleChoice } from "../../state/dayNight";
import { PERIODS, type Period, type ScoreSort, SORTS, SUBJECTS, type Subject } from "../../wire/assessmentApi";

/** What the address bar remembers of the score page: enough to open the same look on another screen. The reason for evidence is not in it. */
export interface AssessmentView {
  area: string | null;
  period: Period;
  /** First day of the period; null: the newest one. */
  starts: string | null;
  /** Null: the newest one. */
  version: number | null;
  subject: Subject;
  sort: ScoreSort;
  /** The score that is open. */
  score: number | null;
  /** The indicator of it whose evidence is shown. */
  evidence: string | null;
  /** As it is printed. */
  paper: boolean;
  language: string | null;
  style: StyleChoice | null;
  basemap: string | null;
}

const one = <T extends string>(all: readonly T[], text: string | null, usual: T): T =>
  all.includes(text as T) ? (text as T) : usual;
const positive = (text: string | null): number | null => {
  const n = Number(text);
  return text && Number.isSafeInteger(n) && n > 0 ? n : null;
};

/** Reads `?area=140106&period=month&starts=2026-10-01&version=2&subject=grid&sort=total&score=17&evidence=grid-coverage`; nonsense is left as it usually is. */
export function readAssessment(search: string): AssessmentView {
  const query = new URLSearchParams(search);
  const starts = query.get("starts") ?? "";
  const evidence = query.get("evidence") ?? "";
  const style = query.get("style");
  const basemap = query.get("basemap") ?? "";
  const score = positive(query.get("score"));
  return {
    area: query.get("area") || null,
    period: one(PERIODS, query.get("period"), "month"),
    starts: isDay(starts) ? starts : null,
    version: positive(query.get("version")),
    subject: one(SUBJECTS, query.get("subject"), "worker"),
    sort: one(SORTS, query.get("sort"), "-total"),
    score,
    evidence: score !== null && /^[a-z][a-z-]{0,59}$/.test(evidence) ? evidence : null,
    paper: query.get("paper") === "1",
    language: query.get("lang") || null,
    style: isStyleChoice(style) ? style : null,
    basemap: /^[\w.-]{1,64}$/.test(basemap) ? basemap : null,
  };
}

/** Inverse of {@link readAssessment}. */
export function writeAssessment(view: AssessmentView): string {
  const parts: string[] = [];
  if (view.area) parts.push(`area=${encodeURIComponent(view.area)}`);
  if (view.period !== "month") parts.push(`period=${view.period}`);
  if (view.starts) parts.push(`starts=${view.starts}`);
  if (view.version !== null) parts.push(`version=${view.version}`);
  if (view.subject !== "worker") parts.push(`subject=${view.subject}`);
  if (view.sort !== "-total") parts.push(`sort=${view.sort}`);
  if (view.score !== null) parts.push(`score=${view.score}`);
  if (view.score !== null && view.evidence) parts.push(`evidence=${encodeURIComponent(view.evidence)}`);
  if (view.paper) parts.push("paper=1");
  if (view.language) parts.push(`lang=${encodeURIComponent(view.language)}`);
  if (view.style) parts.push(`style=${view.style}`);
  if (view.basemap) parts.push(`basemap=${encodeURIComponent(view.basemap)}`);
  return parts.length ? `?${parts.join("&")}` : "";
}
