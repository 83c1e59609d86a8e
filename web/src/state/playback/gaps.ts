import type { PlaybackSettings } from "./types";

/** Intervals looked at for a median: enough for any device's habit, few enough to be free for thousands of workers. */
const SAMPLE = 101;
const steps = new Float64Array(2 * SAMPLE);

/** Median time between fixes in ms, from evenly spread ones; NaN with fewer than two. Repeats of one moment do not count. */
export function medianInterval(at: Float64Array, length: number): number {
  const stride = Math.max(1, Math.floor((length - 1) / SAMPLE));
  let n = 0;
  for (let i = 1; i < length && n < steps.length; i += stride) if (at[i] > at[i - 1]) steps[n++] = at[i] - at[i - 1];
  if (n === 0) return Number.NaN;
  // Of two in the middle the shorter: a silence must not make itself usual.
  return steps.subarray(0, n).sort()[(n - 1) >> 1];
}

/** A silence longer than this is a gap: nothing is drawn or interpolated across it. */
export function gapThreshold(medianMs: number, { gapMs, gapFactor }: PlaybackSettings): number {
  return Number.isNaN(medianMs) ? gapMs : Math.max(gapMs, gapFactor * medianMs);
}
