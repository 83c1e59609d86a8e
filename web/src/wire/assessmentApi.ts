import { withQuery } from "./adminApi";
import { call } from "./api";
import type {
  AppealInfo,
  AssessmentBoard,
  AssessmentPeriods,
  AssessmentPolicyInfo,
  AssessmentScores,
  NewAppeal,
  PastScores,
  ScoreDetail,
  ScoreEvidence,
} from "./contracts.gen";
import { problemOf, rawCall } from "./rawCall";
import { reasonHeaders, type Why } from "./tracksApi";

export const PERIODS = ["week", "month", "quarter"] as const;
export type Period = (typeof PERIODS)[number];
export const SUBJECTS = ["worker", "grid", "community", "subdistrict", "department"] as const;
export type Subject = (typeof SUBJECTS)[number];
export const SORTS = ["-total", "total", "subject"] as const;
export type ScoreSort = (typeof SORTS)[number];

/** Which version of which period: `starts` is any day of it, null the newest; `version` null the newest. */
export interface PeriodAsk {
  period: Period;
  starts: string | null;
  version: number | null;
}

export interface ScoresAsk extends PeriodAsk {
  area: string | null;
  subject: Subject;
}

/** An assessment policy, as docs/assessment.md says. */
export interface PolicyBody {
  name: { zh: string; en: string };
  timing: {
    acknowledgeSeconds: number;
    acceptSeconds: number;
    arriveSeconds: number;
    doneSeconds: number;
    patrolMinutes: number;
    dutyMinutes: number;
  };
  /** Best first; the last begins at 0. */
  bands: { id: string; zh: string; en: string; from: number }[];
  subjects: Partial<Record<Subject, PolicyRule[]>>;
}

export interface PolicyRule {
  id: string;
  /** Percent; those of a subject make 100. */
  weight: number;
  minimumSamples: number;
  formula: PolicyFormula;
}

export type PolicyFormula =
  | { kind: "linear"; zero: number; full: number }
  | { kind: "steps"; steps: { from: number; points: number }[] };

/** A quarter of a district is summed while one waits. */
const SCORES_WITHIN_MS = 30_000;
const MOST_PERIODS = 500;

/** Every version of every period, newest first. */
export const assessmentPeriods = (period: Period): Promise<AssessmentPeriods> =>
  call("GET", withQuery("/api/assessment/periods", { period, limit: MOST_PERIODS }));

export const assessmentScores = (
  { period, ...ask }: ScoresAsk & { sort: ScoreSort },
  page: { limit: number; cursor: string | null },
): Promise<AssessmentScores> =>
  call("GET", withQuery(`/api/assessment/${period}/scores`, { ...ask, ...page }), { withinMs: SCORES_WITHIN_MS });

/** A look at a person's stands on the audit trail. */
export const assessmentScore = (id: number): Promise<ScoreDetail> => call("GET", `/api/assessment/scores/${id}`);

/** What stands behind an indicator. Of a person with a reason, which that person will see; without one the server answers 428. */
export async function scoreEvidence(id: number, indicator: string, why: Why | null): Promise<ScoreEvidence> {
  const answer = await rawCall("GET", `/api/assessment/scores/${id}/evidence/${encodeURIComponent(indicator)}`, {
    headers: why ? reasonHeaders(why) : {},
    timeoutMs: SCORES_WITHIN_MS,
  });
  if (answer.status !== 200) throw problemOf(answer);
  return answer.json as ScoreEvidence;
}

/** Records what a worker states; without an indicator against the whole score. */
export const fileAppeal = (id: number, appeal: NewAppeal, csrf: string): Promise<AppealInfo> =>
  call("POST", `/api/assessment/scores/${id}/appeals`, { body: appeal, csrf });

/** A policy that scores were made by: its bands' names, and how values become points. */
export async function assessmentPolicy(version: number): Promise<PolicyBody> {
  const answer = await call<AssessmentPolicyInfo>("GET", `/api/assessment/policies/${version}`);
  return answer.policy as PolicyBody;
}

/** The best of a closed period; 404 `boards-off` where the center wants none. */
export const assessmentBoard = (
  period: "month" | "quarter" | "year",
  ask: { area: string | null; subject: Subject; starts: string | null },
): Promise<AssessmentBoard> => call("GET", withQuery(`/api/assessment/${period}/boards`, { ...ask }));

/** Where a browser loads the file from. */
export const scoresExport = ({ period, ...ask }: ScoresAsk): string =>
  withQuery(`/api/assessment/${period}/export`, { ...ask, format: "csv" });

/** Totals of the same subject in earlier periods of the kind, newest first. */
export const scorePast = (id: number): Promise<PastScores> => call("GET", `/api/assessment/scores/${id}/past`);
