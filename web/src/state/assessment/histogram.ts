import type { ScoreDistribution } from "../../wire/contracts.gen";

export interface Bar {
  from: number;
  to: number;
  count: number;
  /** Of the highest one, 0 to 1. */
  height: number;
}

/** Bars of a histogram over 0 to 100: the fullest bucket fills the height. */
export function barsOf({ buckets }: Pick<ScoreDistribution, "buckets">): Bar[] {
  const most = Math.max(1, ...buckets.map(({ count }) => count));
  return buckets.map(({ from, to, count }) => ({ from, to, count, height: count / most }));
}

/** Which way a total went: less than half a hundredth is no change. */
export function trendOf(
  total: number | null,
  before: number | null,
): { by: number; way: "up" | "down" | "same" } | null {
  if (total === null || before === null) return null;
  const by = Math.round((total - before) * 100) / 100 + 0; // Never −0.
  return { by, way: by > 0 ? "up" : by < 0 ? "down" : "same" };
}

export interface LinePoint {
  x: number;
  y: number;
}

/** Totals from left to right in a box, 0 at its foot and 100 at its top; those without a total are left out, and break the line. */
export function lineOf(totals: readonly (number | null)[], wide: number, high: number): (LinePoint | null)[] {
  const step = totals.length > 1 ? wide / (totals.length - 1) : 0;
  return totals.map((total, n) =>
    total === null ? null : { x: totals.length > 1 ? n * step : wide / 2, y: high - (total / 100) * high },
  );
}
