import { instantOfWall, wallOf } from "../../state/zone";

/** A stretch of time, ms since 1970 UTC; the end is exclusive. */
export interface Span {
  from: number;
  to: number;
}

/** The nearest look a timeline offers. */
export const SHORTEST_MS = 60_000;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Ticks stand no closer than this, CSS pixels at the usual text size: room for "10:41:30". */
const TICK_EVERY = 74;

const STEPS_MS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400].map(
  (seconds) => seconds * 1000,
);

export const lengthOf = (span: Span): number => span.to - span.from;

export const xOf = (ms: number, shown: Span, width: number): number => ((ms - shown.from) / lengthOf(shown)) * width;

export const msAt = (x: number, shown: Span, width: number): number => shown.from + (x / width) * lengthOf(shown);

/** A window of the same length that does not leave the whole. */
export function within(shown: Span, whole: Span): Span {
  const length = Math.min(lengthOf(shown), lengthOf(whole));
  const from = Math.min(Math.max(shown.from, whole.from), whole.to - length);
  return { from, to: from + length };
}

/**
 * Zooms around a moment, which stays where it is on the screen.
 * @param factor below 1 looks closer
 */
export function zoomed(shown: Span, whole: Span, around: number, factor: number): Span {
  const length = Math.min(Math.max(lengthOf(shown) * factor, Math.min(SHORTEST_MS, lengthOf(whole))), lengthOf(whole));
  const share = (around - shown.from) / lengthOf(shown);
  const from = around - share * length;
  return within({ from, to: from + length }, whole);
}

/** Moves by a share of what is shown. */
export function moved(shown: Span, whole: Span, share: number): Span {
  const by = lengthOf(shown) * share;
  return within({ from: shown.from + by, to: shown.to + by }, whole);
}

/** Turns by a page when the moment has left the window: a running hair stays in sight without the ground sliding all the time. */
export function keepInSight(shown: Span, whole: Span, ms: number): Span {
  if (ms >= shown.from && ms < shown.to) return shown;
  if (lengthOf(shown) >= lengthOf(whole)) return shown;
  const length = lengthOf(shown);
  const from = ms >= shown.to ? ms - length * 0.1 : ms - length * 0.9;
  return within({ from, to: from + length }, whole);
}

export interface Tick {
  ms: number;
  x: number;
  /** What the label tells: a new day, hours and minutes, or seconds too. */
  kind: "day" | "minute" | "second";
}

type Round = { ms: number; isDay: boolean };

/** Ticks at round times of the center's clock, also on a day when it is put on or back. */
export function ticks(shown: Span, width: number, scale: number): Tick[] {
  const most = Math.max(2, Math.floor(width / (TICK_EVERY * scale)));
  const step = STEPS_MS.find((ms) => lengthOf(shown) / ms <= most) ?? wholeDays(lengthOf(shown) / most);
  const found: Tick[] = [];
  for (const { ms, isDay } of step < HOUR_MS ? evenly(shown, step) : byTheClock(shown, step)) {
    found.push({ ms, x: xOf(ms, shown, width), kind: isDay ? "day" : step < 60_000 ? "second" : "minute" });
  }
  return found;
}

/** Clocks are put on or back by parts of an hour that shorter steps divide. */
function* evenly({ from, to }: Span, step: number): Generator<Round> {
  const wall = wallOf(from);
  for (let ms = from + Math.ceil(wall / step) * step - wall; ms < to; ms += step)
    yield { ms, isDay: wallOf(ms) % DAY_MS === 0 };
}

function* byTheClock({ from, to }: Span, step: number): Generator<Round> {
  for (let wall = Math.ceil(wallOf(from) / step) * step; ; wall += step) {
    const ms = instantOfWall(wall);
    if (ms >= to) return;
    const isDay = wall % DAY_MS === 0;
    // An hour that is skipped has no tick; a day that begins with it has.
    if (ms >= from && (isDay || wallOf(ms) === wall)) yield { ms, isDay };
  }
}

const wholeDays = (ms: number): number => Math.ceil(ms / DAY_MS) * DAY_MS;
