import { call } from "./api";
import type { TrackSettings, TrackSummary } from "./contracts.gen";
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

/** Thresholds and limits in force. */
export const trackSettings = (): Promise<TrackSettings> => call<TrackSettings>("GET", "/api/tracks/settings");

/** Trips, stops, gaps and visits of some workers. @param clean false: of every fix, whatever cleaning says of it */
export async function trackSummaries(ask: TrackAsk, why: Why, clean = true): Promise<TrackSummary[]> {
  const query = trackQuery(ask, clean ? {} : { clean: "false" });
  const answer = await rawCall("GET", `/api/tracks/summary?${query}`, {
    headers: reasonHeaders(why),
    timeoutMs: SUMMARY_WITHIN_MS,
  });
  if (answer.status !== 200) throw problemOf(answer);
  const json = answer.json as TrackSummary[] | { items: TrackSummary[] };
  return Array.isArray(json) ? json : json.items;
}
