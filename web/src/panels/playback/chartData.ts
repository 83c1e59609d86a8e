import { type TrackColumns, Unknown } from "../../state/playback/types";
import type { Span } from "./timelineScale";

/** Columns for the chart: seconds of clock time, km/h and metres; null where nothing is known, so that a silence is a hole. */
export interface ChartData {
  at: number[];
  speed: (number | null)[];
  accuracy: (number | null)[];
}

/** More points than this a small chart cannot show: each bucket keeps its highest, since peaks are what is looked for. */
const MOST_POINTS = 1500;

type Columns = Pick<TrackColumns, "length" | "at" | "speed" | "accuracy" | "gapMs">;

export function chartData(track: Columns, offsetMs: number, shown: Span): ChartData {
  const data: ChartData = { at: [], speed: [], accuracy: [] };
  const first = firstAt(track, shown.from - offsetMs);
  const end = firstAt(track, shown.to - offsetMs);
  const bucket = Math.max(1, Math.ceil((end - first) / MOST_POINTS));
  let before = Number.NaN;
  for (let from = Math.max(0, first - 1); from < Math.min(track.length, end + 1); from += bucket) {
    const ms = track.at[from];
    if (ms - before > track.gapMs) push(data, (before + 1 + offsetMs) / 1000, null, null);
    let speed: number | null = null;
    let accuracy: number | null = null;
    const to = Math.min(from + bucket, track.length);
    for (let i = from; i < to; i++) {
      // The silence may lie within the bucket.
      if (i > from && track.at[i] - track.at[i - 1] > track.gapMs) {
        push(data, (track.at[from] + offsetMs) / 1000, speed, accuracy);
        push(data, (track.at[i - 1] + 1 + offsetMs) / 1000, null, null);
        speed = accuracy = null;
      }
      if (track.speed[i] !== Unknown.speed) speed = Math.max(speed ?? 0, track.speed[i] * 0.036);
      if (track.accuracy[i] !== Unknown.accuracy) accuracy = Math.max(accuracy ?? 0, track.accuracy[i] / 10);
    }
    push(data, (Math.max(ms, (data.at.at(-1) ?? 0) * 1000 - offsetMs + 1) + offsetMs) / 1000, speed, accuracy);
    before = track.at[to - 1];
  }
  return data;
}

export const hasValues = (values: readonly (number | null)[]): boolean => values.some((value) => value !== null);

function push(data: ChartData, at: number, speed: number | null, accuracy: number | null): void {
  data.at.push(at);
  data.speed.push(speed);
  data.accuracy.push(accuracy);
}

/** The first fix at or after a moment. */
function firstAt(track: Columns, ms: number): number {
  let low = 0;
  let high = track.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (track.at[middle] < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
