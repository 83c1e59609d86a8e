import { asideCounts, silencesOf } from "./silences";
import { isMoving } from "./stage";
import type { Track } from "./track";
import type { Histogram, Lane, Span } from "./types";

const METERS_PER_DEGREE = 111_195;
/** A change of state shorter than this is not worth a span: it would be finer than a pixel of a day. */
const SHORTEST_MS = 15_000;

/** Moving, still, gaps and what is set aside of one track in order of time, clock ms. */
export function laneOf(track: Track, movingMps: number): Lane {
  const spans: Span[] = [];
  const { at, length, offsetMs, heard } = track;
  const add = (kind: Span["kind"], from: number, to: number) => {
    const last = spans.at(-1);
    if (last?.kind === kind) last.to = to + offsetMs;
    else spans.push({ kind, from: from + offsetMs, to: to + offsetMs });
  };
  const addSilence = (from: number, to: number) => {
    for (const part of silencesOf(track, from, to)) add(part.kind, part.from, part.to);
  };
  const end = heard.length > 0 ? heard.at[heard.length - 1] : 0;
  if (heard !== track) addSilence(heard.at[0], length > 0 ? at[0] : end);
  for (let i = 0; i + 1 < length; i++) {
    if (at[i + 1] === at[i]) continue;
    if (track.isGap(i)) addSilence(at[i], at[i + 1]);
    else add(isMoving(track, i, betweenMps(track, i), movingMps) ? "moving" : "still", at[i], at[i + 1]);
  }
  if (heard !== track && length > 0) addSilence(at[length - 1], end);
  const calm = calmed(spans);
  for (const span of calm)
    if (span.kind === "aside") span.reasons = asideCounts(track, span.from - offsetMs, span.to - offsetMs);
  return { row: track.row, name: track.name, spans: calm };
}

/** Short turns between moving and still join what was before; silences stay, however short. */
function calmed(spans: Span[]): Span[] {
  const calm: Span[] = [];
  for (const span of spans) {
    const last = calm.at(-1);
    const joins = last && !isSilent(last) && !isSilent(span);
    if (last && (last.kind === span.kind || (joins && span.to - span.from < SHORTEST_MS))) last.to = span.to;
    else calm.push(span);
  }
  return calm;
}

const isSilent = ({ kind }: Span): boolean => kind === "gap" || kind === "aside";

/** Metres per second between a fix and the next. */
export function betweenMps(track: Track, i: number): number {
  const seconds = (track.at[i + 1] - track.at[i]) / 1000;
  return seconds > 0 ? metersBetween(track, i, i + 1) / seconds : 0;
}

/** Across a flat district: right to a thousandth. */
export function metersBetween(track: Track, i: number, j: number): number {
  const north = (track.latitudeE7[j] - track.latitudeE7[i]) / 1e7;
  const east =
    ((track.longitudeE7[j] - track.longitudeE7[i]) / 1e7) * Math.cos((track.latitudeE7[i] / 1e7) * (Math.PI / 180));
  return Math.hypot(north, east) * METERS_PER_DEGREE;
}

/** Counts fixes, remembering how far each track was counted: while more come, only those are looked at. */
export class ActivityCounter {
  private counted: number[] = [];
  private rewrites: number[] = [];
  private key = "";
  private result: Histogram = { from: 0, to: 0, fixes: new Uint32Array(0), moving: new Uint32Array(0) };

  count(tracks: readonly Track[], from: number, to: number, bins: number, movingMps: number): Histogram {
    const key = `${from} ${to} ${bins} ${movingMps}`;
    if (
      key !== this.key ||
      tracks.length < this.counted.length ||
      tracks.some((t) => (this.rewrites[t.row] ?? 0) !== t.rewrites)
    ) {
      this.key = key;
      this.counted = [];
      this.rewrites = tracks.map((track) => track.rewrites);
      this.result = { from, to, fixes: new Uint32Array(bins), moving: new Uint32Array(bins) };
    }
    const { fixes, moving } = this.result;
    const perMs = bins / (to - from);
    for (const track of tracks) {
      const { at, speed, length, offsetMs } = track;
      const slow = movingMps * 100;
      let i = this.counted[track.row] ?? Math.max(0, track.indexAt(from - offsetMs - 1) + 1);
      for (; i < length; i++) {
        const bin = Math.floor((at[i] + offsetMs - from) * perMs);
        if (bin >= bins) break;
        if (bin < 0) continue;
        fixes[bin]++;
        const known = speed[i] !== 65535;
        if (known ? speed[i] >= slow : i + 1 < length && !track.isGap(i) && betweenMps(track, i) >= movingMps)
          moving[bin]++;
      }
      this.counted[track.row] = i;
      this.rewrites[track.row] = track.rewrites;
    }
    return this.result;
  }
}
