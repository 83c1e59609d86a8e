import type { TrackSummary } from "./contracts.gen";
import { problemOf, rawCall } from "./rawCall";

/** Why somebody looks, as every read of tracks must say. */
export interface Why {
  text: string;
  caseNumber: string | null;
}

export interface TrackAsk {
  workers: readonly string[];
  from: number;
  to: number;
}

const SUMMARY_WITHIN_MS = 60_000;

/** Headers carry Latin-1 alone: the words go percent-encoded, and stay out of addresses and logs. */
export const reasonHeaders = (why: Why): Record<string, string> => ({
  "X-Audit-Reason": encodeURIComponent(why.text),
  ...(why.caseNumber ? { "X-Audit-Case": encodeURIComponent(why.caseNumber) } : {}),
});

export function trackQuery({ workers, from, to }: TrackAsk, more: Record<string, string> = {}): string {
  const parts = new URLSearchParams({
    workers: workers.join(","),
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    ...more,
  });
  return parts.toString();
}

/** Trips, stops, gaps and visits of some workers. */
export async function trackSummaries(ask: TrackAsk, why: Why): Promise<TrackSummary[]> {
  const answer = await rawCall("GET", `/api/tracks/summary?${trackQuery(ask)}`, {
    headers: reasonHeaders(why),
    timeoutMs: SUMMARY_WITHIN_MS,
  });
  if (answer.status !== 200) throw problemOf(answer);
  const json = answer.json as TrackSummary[] | { items: TrackSummary[] };
  return Array.isArray(json) ? json : json.items;
}
