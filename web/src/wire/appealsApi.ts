import { type Query, withQuery } from "./adminApi";
import { call } from "./api";
import type {
  AppealDecision,
  AppealInfo,
  ExclusionInfo,
  NewAppeal,
  NewExclusion,
  OwnScores,
  Page,
} from "./contracts.gen";
import { problemOf, rawCall } from "./rawCall";
import type { PhoneCredentials } from "./watched";

export const EXCLUSION_KINDS = ["leave", "rest-day", "no-signal"] as const;
export type ExclusionKind = (typeof EXCLUSION_KINDS)[number];

/** Appeals against scores in one's area, newest first. */
export const appeals = (query: Query): Promise<Page<AppealInfo>> =>
  call("GET", withQuery("/api/assessment/appeals", query));

/** A decision is not undone; what an upheld one excludes is reckoned again at once. */
export const decideAppeal = (id: string, decision: AppealDecision, csrf: string): Promise<AppealInfo> =>
  call("POST", `/api/assessment/appeals/${encodeURIComponent(id)}/decision`, { body: decision, csrf });

/** Days that count for nobody, newest first. */
export const exclusions = (query: Query): Promise<Page<ExclusionInfo>> =>
  call("GET", withQuery("/api/assessment/exclusions", query));

export const addExclusion = (exclusion: NewExclusion, csrf: string): Promise<ExclusionInfo> =>
  call("POST", "/api/assessment/exclusions", { body: exclusion, csrf });

/** It stays in the list as withdrawn. */
export const withdrawExclusion = (id: number, csrf: string): Promise<void> =>
  call("DELETE", `/api/assessment/exclusions/${id}`, { csrf });

function basic({ user, password }: PhoneCredentials): Record<string, string> {
  const bytes = new TextEncoder().encode(`${user}:${password}`);
  return { Authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` };
}

/** The newest closed week, month and quarter of the worker whose phone this is. */
export async function ownScores(who: PhoneCredentials): Promise<OwnScores> {
  const answer = await rawCall("GET", "/api/assessed", { headers: basic(who), withCookie: false });
  if (answer.status !== 200) throw problemOf(answer);
  return answer.json as OwnScores;
}

/** Appeals against a score of one's own. */
export async function fileOwnAppeal(who: PhoneCredentials, score: number, appeal: NewAppeal): Promise<AppealInfo> {
  const answer = await rawCall("POST", `/api/assessed/${score}/appeals`, {
    headers: { ...basic(who), "Content-Type": "application/json" },
    body: JSON.stringify(appeal),
    withCookie: false,
  });
  if (answer.status !== 201) throw problemOf(answer);
  return answer.json as AppealInfo;
}
