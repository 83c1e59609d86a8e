import type { Span } from "./timelineScale";

/** Who was near a place then: what the chooser asks the server. */
export interface NearAsk {
  at: [longitude: number, latitude: number] | null;
  meters: number;
  ms: number;
  /** Before the moment and after it. */
  minutes: number;
}

/** The server takes at most 2,000 m and 3 hours. */
export const RADIUS_METERS = [50, 100, 200, 500, 1000, 2000] as const;
export const AROUND_MINUTES = [5, 15, 30, 60, 90] as const;

/** What is asked for, and replayed; it does not reach beyond now. */
export function nearSpan({ ms, minutes }: Pick<NearAsk, "ms" | "minutes">, now: number): Span {
  const from = ms - minutes * 60_000;
  return { from, to: Math.max(from + 60_000, Math.min(ms + minutes * 60_000, Math.floor(now / 1000) * 1000)) };
}
