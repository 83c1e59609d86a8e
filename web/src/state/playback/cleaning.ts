import { FixFlag, type TrackColumns } from "./types";

/** Why cleaning sets a fix aside: a place made up, one too vague, a second fix of one moment, or a jump. */
export type Aside = "mock" | "inaccurate" | "duplicate" | "jump";

/** How many fixes are set aside, by why. */
export type AsideCounts = Partial<Record<Aside, number>>;

/** Fixes from one moment to another, both included, own time: out of reach of those around them. */
export interface Jump {
  from: number;
  to: number;
}

const NO_PLACE = FixFlag.mock | FixFlag.inaccurate;

type Columns = Pick<TrackColumns, "at" | "flags">;

/**
 * What the server's cleaning (CleaningRules.cs) leaves out, as far as it can be read off the fixes themselves: flags, and of two fixes at one moment the later in
 * order. What a jump is only the server knows: it takes thresholds, the mode of travel and what comes after; the page takes its word.
 */
export function asideBy({ at, flags }: Columns, i: number, jumps: readonly Jump[]): Aside | null {
  const bits = flags[i];
  if (bits & NO_PLACE) return bits & FixFlag.mock ? "mock" : "inaccurate";
  for (let j = i - 1; j >= 0 && at[j] === at[i]; j--) if (!(flags[j] & NO_PLACE)) return "duplicate";
  return jumps.length > 0 && isIn(jumps, at[i]) ? "jump" : null;
}

function isIn(jumps: readonly Jump[], ms: number): boolean {
  let low = 0;
  let high = jumps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (jumps[middle].to < ms) low = middle + 1;
    else high = middle;
  }
  return low < jumps.length && jumps[low].from <= ms;
}
