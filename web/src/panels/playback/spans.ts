import { zoneTime } from "../../admin/zoneTime";
import { addDays, daysBetween, instantOfWall, midnightBefore, wallOf } from "../../state/zone";
import type { Span } from "./timelineScale";

const HOUR_MS = 3_600_000;
/** Three shifts a day, the first from midnight; the picker shows the hours beside the name. */
const SHIFT_MS = 8 * HOUR_MS;

export type Preset = "lastHour" | "today" | "yesterday" | "lastShift";
export const presets: readonly Preset[] = ["lastHour", "today", "lastShift", "yesterday"];

/** What a preset means now, in the center's days. "Today" ends now, to the second. */
export function spanOf(preset: Preset, now: number): Span {
  const second = Math.floor(now / 1000) * 1000;
  const midnight = midnightBefore(second);
  switch (preset) {
    case "lastHour":
      return { from: second - HOUR_MS, to: second };
    case "today":
      return { from: midnight, to: Math.max(second, midnight + 60_000) };
    case "yesterday":
      return { from: midnightBefore(midnight - 1), to: midnight };
    case "lastShift": {
      const to = Math.floor(wallOf(second) / SHIFT_MS) * SHIFT_MS;
      return { from: instantOfWall(to - SHIFT_MS), to: instantOfWall(to) };
    }
  }
}

/** The whole day around a moment. */
export const dayOf = (ms: number): Span => {
  const from = midnightBefore(ms);
  return { from, to: addDays(from, 1) };
};

/** How far a second day is from the first, ms: so many days of the calendar, at the span's beginning the same time of day. */
export const shiftBy = (span: Span, days: number): number => addDays(span.from, days) - span.from;

/** The same, to the day of a moment. */
export const shiftTo = (span: Span, day: number): number => shiftBy(span, daysBetween(span.from, day));

/** How many days of the calendar a shift is. */
export const daysOf = (span: Span, shift: number): number => daysBetween(span.from, span.from + shift);

/** `2026-11-22T10:41` in the center's zone, as an `<input type="datetime-local">` takes it. */
export const localInput = (ms: number): string => zoneTime(new Date(ms).toISOString()).slice(0, 16).replace(" ", "T");

/** What such an input holds, as ms; null when it is empty or nonsense. */
export function fromInput(local: string): number | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(local)) return null;
  const wall = Date.parse(`${local.length === 16 ? `${local}:00` : local}Z`);
  return Number.isNaN(wall) ? null : instantOfWall(wall);
}
