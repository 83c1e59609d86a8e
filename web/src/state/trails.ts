import { mercatorX, mercatorY, mercatorYNear, unitsPerMeter } from "./mercator";
import { presenceOf } from "./records";
import { SegmentRing } from "./segmentRing";
import type { Changed, WorkerStore } from "./workers";

/** Trails are this long, and fade towards their end. */
export const TRAIL_SECONDS = 300;
/** Steps shorter than this are not worth a point; GPS noise at rest is within it. */
const STEP_METERS = 9;
/** Nor are quicker ones: a phone that reports each second draws no finer line. */
const STEP_SECONDS = 4;
/** A longer step is a jump, and the trail begins anew. */
const JUMP_METERS = 400;
const SWEEP_EVERY_SECONDS = 5;
const REBASE_AFTER_SECONDS = 3600;
const MOVING = 5;

interface Walker {
  /** The last point, in mercator units from the origin, and its time on the shader's clock. */
  x: number;
  y: number;
  at: number;
  /** Number of the newest segment, -1 before the second point. */
  newest: number;
}

/** Where workers walked in the last minutes, step by step, for the trail shader. */
export class Trails {
  readonly segments = new SegmentRing();
  readonly seconds = TRAIL_SECONDS;
  readonly originX: number;
  readonly originY: number;
  private readonly offsetY: (latitude: number) => number;
  private readonly step: number;
  private readonly jump: number;
  private readonly walking = new Map<number, Walker>();
  private base = 0;
  private sweptAt = 0;

  constructor(originLongitude: number, originLatitude: number) {
    this.originX = mercatorX(originLongitude);
    this.originY = mercatorY(originLatitude);
    this.offsetY = mercatorYNear(originLatitude);
    const meter = unitsPerMeter(originLatitude);
    this.step = STEP_METERS * meter;
    this.jump = JUMP_METERS * meter;
  }

  /** Walkers with a trail now. */
  get walkers(): number {
    return this.walking.size;
  }

  /** Seconds on the shader's clock. */
  relative(seconds: number): number {
    return seconds - this.base;
  }

  /** @param now server time in seconds */
  update(store: WorkerStore, changed: Changed, now: number): void {
    if (now - this.base > REBASE_AFTER_SECONDS || now < this.base) this.rebase(now);
    if (now - this.sweptAt > SWEEP_EVERY_SECONDS || now < this.sweptAt) this.sweep(now);
    for (let i = 0; i < changed.length; i++) {
      const slot = changed[i];
      if (!store.isShown(slot)) this.drop(slot);
      else if (presenceOf(store.state[slot]) === MOVING) this.walk(store, slot, now - this.base);
    }
  }

  clear(): void {
    this.walking.clear();
    this.segments.clear();
  }

  private walk(store: WorkerStore, slot: number, at: number): void {
    const x = mercatorX(store.longitudeE7[slot] / 1e7) - this.originX;
    const y = this.offsetY(store.latitudeE7[slot] / 1e7);
    const walker = this.walking.get(slot);
    if (!walker) {
      this.walking.set(slot, { x, y, at, newest: -1 });
      return;
    }
    const far = Math.hypot(x - walker.x, y - walker.y);
    if (far < this.step || (at - walker.at < STEP_SECONDS && far <= this.jump)) return;
    if (far > this.jump) {
      this.segments.remove(walker.newest);
      walker.newest = -1;
    } else {
      walker.newest = this.segments.add(walker, { x, y, at }, store.role[slot], walker.newest);
    }
    walker.x = x;
    walker.y = y;
    walker.at = at;
  }

  private drop(slot: number): void {
    const walker = this.walking.get(slot);
    if (!walker) return;
    this.segments.remove(walker.newest);
    this.walking.delete(slot);
  }

  /** What has faded is let go. */
  private sweep(now: number): void {
    this.sweptAt = now;
    const oldest = now - this.base - TRAIL_SECONDS;
    this.segments.expire(oldest);
    for (const [slot, walker] of this.walking) if (walker.at < oldest) this.walking.delete(slot);
  }

  /** Keeps float32 seconds exact. A clock set back makes times meaningless. */
  private rebase(now: number): void {
    const shift = now - this.base;
    if (shift < 0) this.clear();
    this.segments.shift(-shift);
    for (const walker of this.walking.values()) walker.at -= shift;
    this.base = now;
  }
}
