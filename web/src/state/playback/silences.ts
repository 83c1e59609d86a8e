import type { AsideCounts } from "./cleaning";
import type { Track } from "./track";

/** A stretch without a believed fix, own time. `aside`: fixes were heard all along it, and all are set aside; `gap`: nothing was heard. */
export interface Silence {
  kind: "gap" | "aside";
  from: number;
  to: number;
}

/** What [from, to), in which a track draws nothing, is: parts in order of time. The raw view has gaps only. */
export function* silencesOf(track: Track, from: number, to: number): Generator<Silence> {
  const { heard } = track;
  if (heard === track) {
    yield { kind: "gap", from, to };
    return;
  }
  const { at, length } = heard;
  for (let j = Math.max(0, heard.indexAt(from)); j + 1 < length && at[j] < to; j++) {
    const [start, end] = [Math.max(from, at[j]), Math.min(to, at[j + 1])];
    if (end > start) yield { kind: heard.isGap(j) ? "gap" : "aside", from: start, to: end };
  }
}

/**
 * Whether at a moment, own time, at which a track draws nothing, something was heard that is set aside; and how long that answer is good, [from, to).
 * @param known the track is whole up to here
 */
export function asideAt(track: Track, own: number, known: number): { isAside: boolean; from: number; to: number } {
  const { heard } = track;
  const { at, length } = heard;
  const ever = { isAside: false, from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  if (heard === track || length === 0) return ever;
  const j = heard.indexAt(own);
  if (j < 0) return { ...ever, to: at[0] };
  if (j + 1 < length) return { isAside: !heard.isGap(j), from: at[j], to: at[j + 1] };
  const until = Math.max(known, at[j]);
  return own <= until && until - at[j] <= heard.gapMs
    ? { isAside: true, from: at[j], to: at[j] + heard.gapMs }
    : { ...ever, from: own };
}

/** How many fixes are set aside from one own time to another, both included, and why. */
export function asideCounts({ heard }: Track, from: number, to: number): AsideCounts {
  const counts: AsideCounts = {};
  for (let i = heard.indexAt(from - 1) + 1; i < heard.length && heard.at[i] <= to; i++) {
    const why = heard.asideOf(i);
    if (why) counts[why] = (counts[why] ?? 0) + 1;
  }
  return counts;
}
