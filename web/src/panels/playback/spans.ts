import { instantOf, zoneTime } from "../../admin/zoneTime";
import { midnightBefore } from "../../state/zone";
import type { Span } from "./timelineScale";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
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
      const to = midnight + Math.floor((second - midnight) / SHIFT_MS) * SHIFT_MS;
      return { from: to - SHIFT_MS, to };
    }
  }
}

/** The whole day around a moment. */
export const dayOf = (ms: number): Span => {
  const from = midnightBefore(ms);
  return { from, to: from + DAY_MS };
};

/** The two spans when a second day is laid beside the first: the same hours, so many days away. */
export function shiftTo(span: Span, day: number): number {
  return midnightBefore(day) - midnightBefore(span.from);
}

/** `2026-11-22T10:41` in the center's zone, as an `<input type="datetime-local">` takes it. */
export const localInput = (ms: number): string => zoneTime(new Date(ms).toISOString()).slice(0, 16).replace(" ", "T");

/** What such an input holds, as ms; null when it is empty or nonsense. */
export function fromInput(local: string): number | null {
  const iso = instantOf(local);
  return iso === null ? null : Date.parse(iso);
}
