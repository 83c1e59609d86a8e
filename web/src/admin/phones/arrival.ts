export type Arrival = "waiting" | "arrived" | "refused";

/**
 * What became of a phone's newest report. Refusals and contacts are told by the server with the same clock: a contact newer than
 * every refusal was kept.
 */
export function arrivalOf(lastReportAt: string | null, refusals: readonly { lastAt: string }[]): Arrival {
  if (!lastReportAt) return refusals.length > 0 ? "refused" : "waiting";
  const refusedAt = Math.max(Number.NEGATIVE_INFINITY, ...refusals.map(({ lastAt }) => Date.parse(lastAt)));
  return Date.parse(lastReportAt) > refusedAt ? "arrived" : "refused";
}
