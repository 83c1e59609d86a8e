import type { PlaybackSettings } from "./types";

/** Intervals looked at for a median: enough for any device's habit, few enough to be free. */
const SAMPLE = 511;

/** Median time between fixes in ms, from evenly spread ones; NaN with fewer than two. Repeats of one moment do not count. */
export function medianInterval(at: Float64Array, length: number): number {
  const steps: number[] = [];
  const stride = Math.max(1, Math.floor((length - 1) / SAMPLE));
  for (let i = 1; i < length; i += stride) if (at[i] > at[i - 1]) steps.push(at[i] - at[i - 1]);
  if (steps.length === 0) return Number.NaN;
  steps.sort((a, b) => a - b);
  // Of two in the middle the shorter: a silence must not make itself usual.
  return steps[(steps.length - 1) >> 1];
}

/** A silence longer than this is a gap: nothing is drawn or interpolated across it. */
export function gapThreshold(medianMs: number, { gapMs, gapFactor }: PlaybackSettings): number {
  return Number.isNaN(medianMs) ? gapMs : Math.max(gapMs, gapFactor * medianMs);
}
