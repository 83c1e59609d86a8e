import { mercatorX, mercatorY, unitsPerMeter } from "./mercator";
import { presenceOf } from "./records";
import type { WorkerStore } from "./workers";

/**
 * Where workers walked in the last minutes, as the trail shader reads it: for each walker a row of points of four f32: x, y
 * (mercator units from the origin), time (seconds from the base; negative: no point) and role number. The last point of a row
 * stays empty, so that a line never runs on into the next row.
 */
export const POINT_FLOATS = 4;
export const POINT_BYTES = POINT_FLOATS * 4;
export const ROW_POINTS = 32;
const ROW_FLOATS = ROW_POINTS * POINT_FLOATS;
const MOST_POINTS = ROW_POINTS - 1;

/** Trails are this long, and fade towards their end. */
export const TRAIL_SECONDS = 300;
/** Steps shorter than this are not worth a point; GPS noise at rest is within it. */
const STEP_METERS = 9;
/** A longer step is a jump, and the trail begins anew. */
const JUMP_METERS = 400;
const FIRST_ROWS = 256;
/** All of a district's reserve on the move at once; who comes later walks without a trail. */
const MOST_ROWS = 12_288;
const SWEEP_EVERY_SECONDS = 5;
const REBASE_AFTER_SECONDS = 3600;
const MOVING = 5;

export class Trails {
  points = new Float32Array(FIRST_ROWS * ROW_FLOATS).fill(-1);
  /** Rows ever used: the shader draws this many. */
  rows = 0;
  /** Rows changed since the last upload; empty when from > to. */
  dirtyFrom = Number.POSITIVE_INFINITY;
  dirtyTo = -1;

  readonly originX: number;
  readonly originY: number;
  private readonly step: number;
  private readonly jump: number;
  private readonly rowOf = new Map<number, number>();
  private readonly lengths: number[] = [];
  private readonly free: number[] = [];
  private base = 0;
  private sweptAt = 0;

  constructor(originLongitude: number, originLatitude: number) {
    this.originX = mercatorX(originLongitude);
    this.originY = mercatorY(originLatitude);
    const meter = unitsPerMeter(originLatitude);
    this.step = STEP_METERS * meter;
    this.jump = JUMP_METERS * meter;
  }

  /** Walkers with a trail now. */
  get walkers(): number {
    return this.rowOf.size;
  }

  /** Seconds on the shader's clock. */
  relative(seconds: number): number {
    return seconds - this.base;
  }

  /** @param now server time in seconds */
  update(store: WorkerStore, changed: readonly number[], now: number): void {
    if (now - this.base > REBASE_AFTER_SECONDS || now < this.base) this.rebase(now);
    if (now - this.sweptAt > SWEEP_EVERY_SECONDS || now < this.sweptAt) this.sweep(now);
    for (const slot of changed) {
      if (!store.isShown(slot)) this.drop(slot);
      else if (presenceOf(store.state[slot]) === MOVING) this.walk(store, slot, now - this.base);
    }
  }

  clear(): void {
    for (const slot of [...this.rowOf.keys()]) this.drop(slot);
  }

  /** After an upload. */
  clean(): void {
    this.dirtyFrom = Number.POSITIVE_INFINITY;
    this.dirtyTo = -1;
  }

  private walk(store: WorkerStore, slot: number, at: number): void {
    const x = mercatorX(store.longitudeE7[slot] / 1e7) - this.originX;
    const y = mercatorY(store.latitudeE7[slot] / 1e7) - this.originY;
    const row = this.rowOf.get(slot) ?? this.take(slot);
    if (row < 0) return;
    let length = this.lengths[row];
    if (length > 0) {
      const last = row * ROW_FLOATS + (length - 1) * POINT_FLOATS;
      const far = Math.hypot(x - this.points[last], y - this.points[last + 1]);
      if (far < this.step) return;
      if (far > this.jump) length = this.empty(row);
    }
    if (length === MOST_POINTS) length = this.halve(row);
    this.points.set([x, y, at, store.role[slot]], row * ROW_FLOATS + length * POINT_FLOATS);
    this.lengths[row] = length + 1;
    this.dirty(row);
  }

  private take(slot: number): number {
    const row = this.free.pop() ?? (this.rows < MOST_ROWS ? this.rows++ : -1);
    if (row < 0) return -1;
    if (this.rows * ROW_FLOATS > this.points.length) {
      const grown = new Float32Array(Math.min(MOST_ROWS, this.rows * 2) * ROW_FLOATS).fill(-1);
      grown.set(this.points);
      this.points = grown;
    }
    this.lengths[row] = 0;
    this.rowOf.set(slot, row);
    return row;
  }

  /** Forgets the older half, so that a full row moves its points once in many steps. */
  private halve(row: number): number {
    const from = row * ROW_FLOATS;
    const kept = MOST_POINTS >> 1;
    this.points.copyWithin(from, from + (MOST_POINTS - kept) * POINT_FLOATS, from + MOST_POINTS * POINT_FLOATS);
    this.points.fill(-1, from + kept * POINT_FLOATS, from + ROW_FLOATS);
    return kept;
  }

  private empty(row: number): number {
    this.points.fill(-1, row * ROW_FLOATS, (row + 1) * ROW_FLOATS);
    this.lengths[row] = 0;
    this.dirty(row);
    return 0;
  }

  private drop(slot: number): void {
    const row = this.rowOf.get(slot);
    if (row === undefined) return;
    this.empty(row);
    this.rowOf.delete(slot);
    this.free.push(row);
  }

  private sweep(now: number): void {
    this.sweptAt = now;
    const oldest = now - this.base - TRAIL_SECONDS;
    for (const [slot, row] of this.rowOf) {
      const last = row * ROW_FLOATS + (this.lengths[row] - 1) * POINT_FLOATS;
      if (this.lengths[row] === 0 || this.points[last + 2] < oldest) this.drop(slot);
    }
  }

  /** Times that would become negative are long faded: such trails are let go. */
  private rebase(now: number): void {
    const shift = now - this.base;
    if (this.rowOf.size > 0 && shift > 0) {
      const ahead = TRAIL_SECONDS;
      this.base = now - ahead;
      for (const [slot, row] of this.rowOf) {
        const from = row * ROW_FLOATS;
        let stays = false;
        for (let i = 0; i < this.lengths[row]; i++) {
          const t = from + i * POINT_FLOATS + 2;
          this.points[t] = Math.max(0, this.points[t] - shift + ahead);
          stays ||= this.points[t] > 0;
        }
        if (stays) this.dirty(row);
        else this.drop(slot);
      }
      return;
    }
    this.clear();
    this.base = now;
  }

  private dirty(row: number): void {
    if (row < this.dirtyFrom) this.dirtyFrom = row;
    if (row > this.dirtyTo) this.dirtyTo = row;
  }
}
