import { mercatorX, mercatorY, mercatorYNear, unitsPerMeter } from "../mercator";
import { SegmentRing } from "../segmentRing";
import type { Book } from "./book";
import type { Track } from "./track";

/** As on the wall: shorter steps are noise, or finer than is seen. */
const STEP_METERS = 9;
const SWEEP_EVERY_MS = 2000;
/** Going backwards, so much more than the trails is laid ahead at once, in trail lengths. */
const BACKWARDS = 2;
/** What is laid at once is laid in so many slices, so that pieces stand in the ring by time and the oldest give way. */
const SLICES = 16;
const REBASE_AFTER_MS = 12 * 3_600_000;

interface Walker {
  track: Track;
  /** The fix that the next piece starts at; what lies before `scan` is too near to it to end the piece. */
  fix: number;
  scan: number;
  /** Own time before which there is nothing to add. */
  wait: number;
  newest: number;
  rewrites: number;
}

/**
 * The last minutes of everybody's way at the clock's time. Going on, each fix is looked at once; a jump lays the trails anew. Pieces
 * that begin later than now are there already and hidden by the shader, which also ends the newest one at the marker.
 */
export class PlaybackTrails {
  readonly segments = new SegmentRing();
  readonly originX: number;
  readonly originY: number;
  /** How long trails are, in seconds of playback. */
  seconds = 300;
  /** Rows without a trail. */
  hidden: ReadonlySet<number> = new Set();
  private readonly offsetY: (latitude: number) => number;
  private readonly step: number;
  private walkers: Walker[] = [];
  private book: Book | null = null;
  private base = 0;
  /** Pieces that begin within are there, clock ms. */
  private from = Number.NaN;
  private until = Number.NaN;
  private sweptAt = 0;

  constructor(originLongitude: number, originLatitude: number) {
    this.originX = mercatorX(originLongitude);
    this.originY = mercatorY(originLatitude);
    this.offsetY = mercatorYNear(originLatitude);
    this.step = STEP_METERS * unitsPerMeter(originLatitude);
  }

  relative(seconds: number): number {
    return seconds - this.base / 1000;
  }

  /** @param tint colour number of a row, 0 for the usual one */
  update(book: Book, now: number, tint: (row: number) => number): void {
    const length = this.seconds * 1000;
    if (length === 0) {
      if (this.segments.count > 0) this.reset();
      return;
    }
    if (book !== this.book) this.reset();
    this.book = book;
    for (let row = this.walkers.length; row < book.tracks.length; row++) this.walkers.push(walker(book.drawn(row)));
    const goesOn = now >= this.until && now - this.until < length;
    if (goesOn && now - this.base < REBASE_AFTER_MS) this.lay(now, tint);
    else if (!(now >= this.from + length && now < this.until)) this.layAnew(now, length, now < this.until, tint);
    if (now - this.sweptAt > SWEEP_EVERY_MS) {
      this.sweptAt = now;
      // Going backwards nothing is let go: what lies behind is ahead.
      if (goesOn) {
        this.segments.expire((now - length - this.base) / 1000);
        this.from = Math.max(this.from, now - length);
      }
    }
  }

  /** Everything is laid anew with the next picture: other rows, colours or lengths. */
  reset(): void {
    this.segments.clear();
    this.walkers = [];
    this.book = null;
    this.from = this.until = Number.NaN;
  }

  private layAnew(now: number, length: number, back: boolean, tint: (row: number) => number): void {
    this.segments.clear();
    this.base = now;
    this.sweptAt = now;
    this.from = now - length * (back ? 1 + BACKWARDS : 1);
    for (const w of this.walkers) {
      w.newest = -1;
      this.place(w, this.from);
    }
    const slices = back ? SLICES * (1 + BACKWARDS) : SLICES;
    for (let slice = 1; slice <= slices; slice++) this.lay(this.from + ((now - this.from) * slice) / slices, tint);
  }

  /** Adds the pieces that begin up to a time. */
  private lay(to: number, tint: (row: number) => number): void {
    for (const w of this.walkers) {
      const track = this.book?.drawn(w.track.row) ?? w.track;
      // Others of its fixes are drawn now, or some came in between.
      if (w.track !== track || w.rewrites !== track.rewrites) this.restart(w, track, to);
      const own = to - track.offsetMs;
      if (own < w.wait) continue;
      if (w.fix < track.length && track.at[w.fix] <= own && !this.hidden.has(track.row)) {
        this.walk(w, own, tint);
      }
    }
    this.until = to;
  }

  private walk(w: Walker, own: number, tint: (row: number) => number): void {
    const { track } = w;
    const { at } = track;
    while (w.fix < track.length && at[w.fix] <= own) {
      const x = this.xOf(track, w.fix);
      const y = this.offsetY(track.latitudeE7[w.fix] / 1e7);
      let next = Math.max(w.scan, w.fix);
      for (; next + 1 < track.length && !track.isGap(next); next++) {
        if (at[next] > own) {
          w.scan = next;
          w.wait = at[next];
          return;
        }
        const dx = this.xOf(track, next + 1) - x;
        const dy = this.offsetY(track.latitudeE7[next + 1] / 1e7) - y;
        if (dx * dx + dy * dy < this.step * this.step) continue;
        const start = { x, y, at: (at[next] + track.offsetMs - this.base) / 1000 };
        const end = { x: x + dx, y: y + dy, at: (at[next + 1] + track.offsetMs - this.base) / 1000 };
        w.newest = this.segments.add(start, end, track.role, w.newest, tint(track.row));
        break;
      }
      w.scan = next;
      w.wait = Number.NEGATIVE_INFINITY;
      if (next + 1 >= track.length) return; // More may come.
      w.fix = w.scan = next + 1;
    }
    if (w.fix < track.length) w.wait = at[w.fix];
  }

  private restart(w: Walker, track: Track, to: number): void {
    w.track = track;
    w.rewrites = track.rewrites;
    this.place(w, to);
  }

  private place(w: Walker, ms: number): void {
    w.fix = w.scan = Math.max(0, w.track.indexAt(ms - w.track.offsetMs));
    w.wait = Number.NEGATIVE_INFINITY;
  }

  private xOf(track: Track, i: number): number {
    return mercatorX(track.longitudeE7[i] / 1e7) - this.originX;
  }
}

const walker = (track: Track): Walker => ({
  track,
  fix: 0,
  scan: 0,
  wait: Number.NEGATIVE_INFINITY,
  newest: -1,
  rewrites: track.rewrites,
});
