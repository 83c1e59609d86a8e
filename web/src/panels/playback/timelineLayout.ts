import { type Span, xOf } from "./timelineScale";

/** A stretch of one worker's time. What is none of these is only "no fix asked for". */
export interface LanePart extends Span {
  kind: "track" | "trip" | "stop" | "gap";
}

/** One worker's row, or one day's when two days of a worker are compared. */
export interface Lane {
  key: string;
  parts: readonly LanePart[];
}

/** A part as drawn, CSS pixels from the left edge. */
export interface Piece {
  kind: LanePart["kind"];
  x: number;
  width: number;
}

/** Narrower than this nothing can be seen. */
const THINNEST = 1.5;
/** Parts of one kind nearer than this are drawn as one: a day of short trips on a narrow screen must not cost thousands of strokes. */
const JOIN = 0.75;

/** The parts in view, joined where they would touch. Parts come sorted by time; the order of drawing is tracks, gaps, trips, stops. */
export function piecesOf(lane: Lane, shown: Span, width: number): Piece[] {
  const pieces: Piece[] = [];
  const last = new Map<string, Piece>();
  for (const part of lane.parts) {
    if (part.to <= shown.from || part.from >= shown.to) continue;
    const x = Math.max(0, xOf(part.from, shown, width));
    const end = Math.min(width, xOf(part.to, shown, width));
    const before = last.get(part.kind);
    if (before && x - (before.x + before.width) < JOIN && part.kind !== "stop") {
      before.width = Math.max(before.width, end - before.x);
      continue;
    }
    const piece = { kind: part.kind, x, width: Math.max(THINNEST, end - x) };
    pieces.push(piece);
    last.set(part.kind, piece);
  }
  const order = ["track", "gap", "trip", "stop"];
  return pieces.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.x - b.x);
}

/** What a lane holds at a moment; the most telling part wins. */
export function partAt(lane: Lane, ms: number): LanePart | null {
  let found: LanePart | null = null;
  for (const part of lane.parts) {
    if (ms < part.from || ms >= part.to) continue;
    if (!found || found.kind === "track") found = part;
  }
  return found;
}

/** How many fixes fell into equal bins of the whole span. */
export interface Activity extends Span {
  counts: ArrayLike<number>;
}

/** Heights from 0 to 1 of as many bars as fit, over the window shown. Bins are shared out by time, so zooming changes no sum. */
export function barsOf(activity: Activity, shown: Span, bars: number): Float32Array {
  const heights = new Float32Array(Math.max(0, bars));
  const { counts } = activity;
  const binMs = (activity.to - activity.from) / Math.max(1, counts.length);
  if (bars < 1 || counts.length === 0 || binMs <= 0) return heights;
  const barMs = (shown.to - shown.from) / bars;
  let highest = 0;
  for (let bar = 0; bar < bars; bar++) {
    const from = (shown.from + bar * barMs - activity.from) / binMs;
    const to = from + barMs / binMs;
    let sum = 0;
    for (let bin = Math.max(0, Math.floor(from)); bin < Math.min(counts.length, to); bin++) {
      sum += counts[bin] * (Math.min(bin + 1, to) - Math.max(bin, from));
    }
    heights[bar] = sum;
    highest = Math.max(highest, sum);
  }
  if (highest > 0) for (let bar = 0; bar < bars; bar++) heights[bar] /= highest;
  return heights;
}

/** Silences of a row of times: longer than the threshold between neighbours, before the first and after the last. */
export function partsOfTimes(times: ArrayLike<number>, span: Span, thresholdMs: number): LanePart[] {
  const parts: LanePart[] = [];
  if (times.length === 0) return [{ kind: "gap", ...span }];
  let start = times[0];
  if (start - span.from > thresholdMs) parts.push({ kind: "gap", from: span.from, to: start });
  for (let i = 1; i <= times.length; i++) {
    const silent = i === times.length || times[i] - times[i - 1] > thresholdMs;
    if (!silent) continue;
    parts.push({ kind: "track", from: start, to: times[i - 1] + 1 });
    const next = i === times.length ? span.to : times[i];
    if (next - times[i - 1] > thresholdMs) parts.push({ kind: "gap", from: times[i - 1], to: next });
    start = next;
  }
  return parts;
}
