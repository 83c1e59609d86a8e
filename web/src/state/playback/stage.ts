import { RecordFlags } from "../../wire/contracts.gen";
import { MarkerRows, ROW_BYTES, ROW_FLOATS } from "../markerRows";
import { latitudeOf, longitudeOf, mercatorX, unitsPerMeter } from "../mercator";
import type { Book } from "./book";
import { asideAt } from "./silences";
import type { Track } from "./track";
import { type TrackState, Unknown } from "./types";

/** Steps tried one by one before a place is looked up by halving: playing takes one or none, a jump takes the look-up. */
const STEPS = 8;
/** Up to so many of a device's own intervals before its first fix it is drawn there: the fix before lies outside the interval. */
const LEAD = 1.5;
const DRAWN = { noData: 0, loading: 0, notLoaded: 0, setAside: 0, still: 4, moving: 5 } as const;
const STATES: readonly TrackState[] = ["noData", "loading", "still", "moving", "notLoaded", "setAside"];

/** How a worker moves between two fixes, or that nothing is known; good as long as the moment is within [from, to). */
interface Leg {
  from: Float64Array;
  to: Float64Array;
  x: Float64Array;
  y: Float64Array;
  /** Mercator units in a ms. */
  stepX: Float64Array;
  stepY: Float64Array;
  /** Number of the fix it starts at. */
  fix: Int32Array;
  state: Uint8Array;
}

/**
 * Everybody at one moment, as marker rows: what the map draws from while it plays. A frame costs a multiplication or two for each worker;
 * only who passes a fix is looked at closer.
 */
export class Stage extends MarkerRows {
  private legs = room(0);
  private version = -1;
  private readonly metersPerUnit: number;
  private shown = 0;
  /** Tracks hidden on the map, by row. */
  readonly hidden = new Set<number>();
  /** Number of a row's colour on the map, 0 for those by presence; looked at when the book changes and after {@link refresh}. */
  tintOf: (row: number) => number = () => 0;
  private book: Book | null = null;

  constructor(originLongitude: number, originLatitude: number) {
    super(originLongitude, originLatitude);
    this.metersPerUnit = 1 / unitsPerMeter(originLatitude);
  }

  /** Workers on the picture. */
  get drawn(): number {
    return this.shown;
  }

  /** Its rows do not fade and do not glide: they are where they are. */
  override relative(): number {
    return 0;
  }

  clear(): void {
    this.legs = room(0);
    this.rows = 0;
    this.marked.clear();
    this.marks.fill(0);
    this.version = -1;
    this.book = null;
  }

  /** Moves everybody to a moment. @param now clock time */
  update(book: Book, now: number, movingMps: number): void {
    if (book !== this.book) this.clear();
    this.book = book;
    const { tracks } = book;
    if (tracks.length > this.legs.from.length) this.legs = grown(this.legs, Math.max(64, tracks.length * 2));
    this.reserve(tracks.length);
    const stale = book.version !== this.version;
    this.version = book.version;
    const { legs, floats: f, marks } = this;
    let shown = 0;
    for (let row = 0; row < tracks.length; row++) {
      const track = book.drawn(row);
      const own = now - track.offsetMs;
      if (stale || !(own >= legs.from[row] && own < legs.to[row])) {
        this.locate(track, own, book, movingMps);
        const mark = row * ROW_BYTES + 24;
        marks[mark + 1] = track.role;
        if (stale) marks[mark + 3] = (marks[mark + 3] & 3) | (this.tintOf(row) << 2);
        marks[mark + 2] = this.hidden.has(row) ? 0 : this.look(track, row, mark);
      }
      if (marks[row * ROW_BYTES + 26] === 0) continue;
      shown++;
      const passed = own - legs.from[row];
      const at = row * ROW_FLOATS;
      f[at] = f[at + 2] = legs.x[row] + legs.stepX[row] * passed;
      f[at + 1] = f[at + 3] = legs.y[row] + legs.stepY[row] * passed;
    }
    this.rows = tracks.length;
    this.shown = shown;
    if (tracks.length > 0) {
      this.dirty(0);
      this.dirty(tracks.length - 1);
    }
  }

  /** After rows were hidden or shown again, or settings changed. */
  refresh(): void {
    this.version = -1;
  }

  state(row: number): TrackState {
    return row < this.rows ? STATES[this.legs.state[row]] : "noData";
  }

  /** Number of the fix at or before the moment last drawn, -1 before the first. */
  fix(row: number): number {
    return row < this.rows ? this.legs.fix[row] : -1;
  }

  degrees(row: number): [longitude: number, latitude: number] {
    const at = row * ROW_FLOATS;
    return [longitudeOf(this.originX + this.floats[at]), latitudeOf(this.originY + this.floats[at + 1])];
  }

  private locate(track: Track, own: number, book: Book, movingMps: number): void {
    const { legs } = this;
    const { row, length } = track;
    const i = seekFix(track, own, legs.fix[row]);
    legs.fix[row] = i;
    legs.stepX[row] = legs.stepY[row] = 0;
    if (length === 0) this.none(row, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, own, track, book);
    else if (i < 0) {
      const lead = track.at[0] - LEAD * track.medianMs;
      if (own >= lead) this.rest(track, 0, own, track.at[0]);
      else this.none(row, Number.NEGATIVE_INFINITY, Number.isNaN(lead) ? track.at[0] : lead, own, track, book);
    } else if (i === length - 1) {
      const known = book.sentUntil(track.set);
      const silence = Math.max(known, track.at[i]) - track.at[i];
      if (silence <= track.gapMs && own <= Math.max(known, track.at[i]))
        this.rest(track, i, own, track.at[i] + track.gapMs);
      else this.none(row, own, Number.POSITIVE_INFINITY, own, track, book);
    } else if (track.isGap(i)) this.none(row, track.at[i], track.at[i + 1], own, track, book);
    else this.walk(track, i, movingMps);
  }

  private walk(track: Track, i: number, movingMps: number): void {
    const { legs } = this;
    const { row, at } = track;
    const took = at[i + 1] - at[i];
    const x = this.xOf(track, i);
    const y = this.offsetY(track.latitudeE7[i] / 1e7);
    const dx = this.xOf(track, i + 1) - x;
    const dy = this.offsetY(track.latitudeE7[i + 1] / 1e7) - y;
    legs.from[row] = at[i];
    legs.to[row] = at[i + 1];
    legs.x[row] = x;
    legs.y[row] = y;
    legs.stepX[row] = took > 0 ? dx / took : 0;
    legs.stepY[row] = took > 0 ? dy / took : 0;
    const between = took > 0 ? (Math.hypot(dx, dy) * this.metersPerUnit * 1000) / took : 0;
    legs.state[row] = isMoving(track, i, between, movingMps) ? 3 : 2;
  }

  /** Stands at a fix until a time. */
  private rest(track: Track, i: number, own: number, until: number): void {
    const { legs } = this;
    const { row } = track;
    legs.from[row] = Math.min(own, track.at[i]);
    legs.to[row] = Math.max(until, own + 1);
    legs.x[row] = this.xOf(track, i);
    legs.y[row] = this.offsetY(track.latitudeE7[i] / 1e7);
    legs.state[row] = 2;
  }

  private none(row: number, from: number, to: number, own: number, track: Track, book: Book): void {
    const heard = asideAt(track, own, book.sentUntil(track.set));
    this.legs.from[row] = Math.max(from, heard.from);
    this.legs.to[row] = Math.min(to, heard.to);
    const isMissing = own >= book.sentUntil(track.set) && !book.ends[track.set];
    this.legs.state[row] = heard.isAside ? 5 : !isMissing ? 0 : book.isOpen(track.set) ? 1 : 4;
  }

  /** The state byte as the marker shader reads it; sets the heading's byte. */
  private look(track: Track, row: number, mark: number): number {
    const { legs } = this;
    const state = DRAWN[STATES[legs.state[row]]];
    if (state !== DRAWN.moving) return state;
    const degrees = headingOf(track, legs.fix[row], legs.stepX[row], legs.stepY[row]);
    if (degrees === null) return state;
    this.marks[mark] = Math.round((degrees * 256) / 360) & 255;
    return state | RecordFlags.headingKnown;
  }

  private xOf(track: Track, i: number): number {
    return mercatorX(track.longitudeE7[i] / 1e7) - this.originX;
  }
}

/** Number of the last fix at or before a time, from where it was last. */
export function seekFix(track: Track, own: number, near: number): number {
  const { at, length } = track;
  let i = Math.min(near, length - 1);
  for (let step = 0; step < STEPS; step++) {
    if (i >= 0 && at[i] > own) i--;
    else if (i + 1 < length && at[i + 1] <= own) i++;
    else return i;
  }
  return track.indexAt(own);
}

/** By the phone's own speed where it says one, else by the way to the next fix. */
export function isMoving(track: Track, i: number, betweenMps: number, movingMps: number): boolean {
  return (track.speed[i] === Unknown.speed ? betweenMps : track.speed[i] / 100) >= movingMps;
}

/** By the phone, else along the way to the next fix; null when it does not move. */
export function headingOf(track: Track, i: number, dx: number, dy: number): number | null {
  if (i >= 0 && track.heading[i] !== Unknown.heading) return track.heading[i] / 10;
  return dx === 0 && dy === 0 ? null : ((Math.atan2(dx, -dy) * 180) / Math.PI + 360) % 360;
}

const room = (n: number): Leg => ({
  from: new Float64Array(n).fill(Number.NaN),
  to: new Float64Array(n).fill(Number.NaN),
  x: new Float64Array(n),
  y: new Float64Array(n),
  stepX: new Float64Array(n),
  stepY: new Float64Array(n),
  fix: new Int32Array(n).fill(-1),
  state: new Uint8Array(n),
});

function grown(legs: Leg, size: number): Leg {
  const more = room(size);
  for (const name of Object.keys(legs) as (keyof Leg)[]) more[name].set(legs[name] as never);
  return more;
}
