import type { AsideCounts } from "../../state/playback/cleaning";
import type { TrackSummary } from "../../wire/contracts.gen";
import { type Span, xOf } from "./timelineScale";

/** A stretch of one worker's time: reported, on a trip, at a stop, heard but all of it set aside, no data. What is none of these has not been loaded. */
export interface LanePart extends Span {
  kind: "track" | "trip" | "stop" | "gap" | "aside";
  /** Of what is set aside: how many fixes, by why. */
  reasons?: AsideCounts;
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

/** The parts in view, joined where they would touch. Parts come sorted by time; the order of drawing is tracks, trips, silences, stops: a trip goes on through a silence, and that must be seen. */
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
  const order = ["track", "trip", "aside", "gap", "stop"];
  return pieces.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.x - b.x);
}

/** What a lane holds at a moment; the most telling part wins, and a silence over all: nothing is believed in it, whatever goes on around it. */
export function partAt(lane: Lane, ms: number): LanePart | null {
  let found: LanePart | null = null;
  for (const part of lane.parts) {
    if (ms < part.from || ms >= part.to) continue;
    if (!found || found.kind === "track" || part.kind === "gap" || part.kind === "aside") found = part;
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

/** What the engine tells of a lane, clock ms. */
export interface LaneSpan extends Span {
  kind: "moving" | "still" | "gap" | "aside";
  reasons?: AsideCounts;
}

/**
 * A lane's parts. Silences are the engine's, so that the hatching is where the map draws nothing; trips and stops are the server's once they
 * have come, and until then whatever moves is a trip.
 * @param offsetMs added to the summary's times to get the clock's
 * @param until the lane is known up to here
 */
export function laneParts(
  spans: readonly LaneSpan[],
  span: Span,
  until: number,
  summary: Pick<TrackSummary, "trips" | "stops"> | null,
  offsetMs = 0,
): LanePart[] {
  const known = Math.min(until, span.to);
  const parts: LanePart[] = [];
  const add = (kind: LanePart["kind"], from: number, to: number, reasons?: AsideCounts) => {
    const part: LanePart = { kind, from: Math.max(from, span.from), to: Math.min(to, span.to) };
    if (reasons) part.reasons = reasons;
    if (part.to > part.from) parts.push(part);
  };
  const first = spans.at(0)?.from ?? known;
  const last = spans.at(-1)?.to ?? span.from;
  add("gap", span.from, Math.min(first, known));
  for (const { kind, from, to, reasons } of spans) {
    add(kind === "gap" || kind === "aside" ? kind : "track", from, to, reasons);
    if (!summary && kind === "moving") add("trip", from, to);
  }
  if (spans.length > 0) add("gap", last, known);
  const at = (iso: string): number => Date.parse(iso) + offsetMs;
  for (const trip of summary?.trips ?? []) add("trip", at(trip.from), at(trip.to));
  for (const stop of summary?.stops ?? []) add("stop", at(stop.from), at(stop.to));
  return parts.sort((a, b) => a.from - b.from);
}
