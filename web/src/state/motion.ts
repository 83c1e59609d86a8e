import { ALL_ROLES, ALL_STATES, hasBit } from "./layers";
import { mercatorX, mercatorY, mercatorYNear, unitsPerMeter } from "./mercator";
import { presenceOf } from "./records";
import type { Changed, WorkerStore } from "./workers";

/**
 * What the marker shader reads, one row per slot, interleaved, 28 bytes little-endian as WebGL wants it:
 * f32 from x, from y, to x, to y (mercator units from the origin), start of the glide and time of the fix (seconds from
 * the base), then u8 heading, role, state, marks.
 */
export const ROW_FLOATS = 7;
export const ROW_BYTES = ROW_FLOATS * 4;

export const Mark = { Selected: 1, Hovered: 2 } as const;

/** A jump longer than this is shown as a jump: gliding across the district would invent a journey. */
const GLIDE_LIMIT_METERS = 2000;

/** float32 seconds stay finer than a thousandth up to here; then the base moves. */
const REBASE_AFTER_SECONDS = 3600;

/** Positions between frames: each worker glides from where it was drawn to its newest fix. */
export class Motion {
  bytes = new ArrayBuffer(0);
  rows = 0;
  /** Rows changed since the last upload, as one range; empty when from > to. */
  dirtyFrom = Number.POSITIVE_INFINITY;
  dirtyTo = -1;
  /** Which roles and presences are drawn and can be picked, one bit each; marked ones are drawn in any case. */
  shownRoles = ALL_ROLES;
  shownStates = ALL_STATES;
  /** Slots with a mark: a few, drawn one by one above the others. */
  readonly marked = new Set<number>();
  /** The last glide ends at this time (seconds, as given to update). */
  glidesUntil = 0;

  private floats = new Float32Array(0);
  private marks = new Uint8Array(0);
  private readonly glideLimit: number;
  private readonly offsetY: (latitude: number) => number;
  private base = 0;

  readonly originX: number;
  readonly originY: number;

  constructor(originLongitude: number, originLatitude: number) {
    this.originX = mercatorX(originLongitude);
    this.originY = mercatorY(originLatitude);
    this.offsetY = mercatorYNear(originLatitude);
    this.glideLimit = GLIDE_LIMIT_METERS * unitsPerMeter(originLatitude);
  }

  /** Seconds on the shader's clock for a wall-clock time in seconds. */
  relative(seconds: number): number {
    return seconds - this.base;
  }

  /**
   * Moves changed workers towards their new positions.
   * @param now server time in seconds
   * @param glideSeconds how long a glide takes; 0 jumps
   */
  update(store: WorkerStore, changed: Changed, now: number, glideSeconds: number): void {
    this.reserve(store.length);
    if (this.rows === 0 || now - this.base > REBASE_AFTER_SECONDS || now < this.base) this.rebase(now);
    const f = this.floats;
    const start = now - this.base;
    for (let i = 0; i < changed.length; i++) {
      const slot = changed[i];
      const at = slot * ROW_FLOATS;
      const wasShown = this.isDrawn(slot);
      const isShown = store.isShown(slot);
      if (isShown) {
        const x = mercatorX(store.longitudeE7[slot] / 1e7) - this.originX;
        const y = this.offsetY(store.latitudeE7[slot] / 1e7);
        const progress = wasShown && glideSeconds > 0 ? clamp01((start - f[at + 4]) / glideSeconds) : 1;
        const fromX = f[at] + (f[at + 2] - f[at]) * progress;
        const fromY = f[at + 1] + (f[at + 3] - f[at + 1]) * progress;
        const far = Math.abs(x - fromX) > this.glideLimit || Math.abs(y - fromY) > this.glideLimit;
        const glides = wasShown && !far && glideSeconds > 0;
        const moved = Math.fround(x) !== f[at + 2] || Math.fround(y) !== f[at + 3];
        if (!wasShown || moved) {
          f[at] = glides ? fromX : x;
          f[at + 1] = glides ? fromY : y;
          f[at + 2] = x;
          f[at + 3] = y;
          f[at + 4] = start;
          if (glides) this.glidesUntil = Math.max(this.glidesUntil, now + glideSeconds);
        }
        const fixAt = store.fixAt[slot] / 1000 - this.base;
        f[at + 5] = Number.isNaN(fixAt) ? start - 86_400 : fixAt;
      }
      const mark = slot * ROW_BYTES + 24;
      this.marks[mark] = store.heading[slot];
      this.marks[mark + 1] = store.role[slot];
      this.marks[mark + 2] = isShown ? store.state[slot] : 0;
      this.dirty(slot);
    }
    this.rows = store.length;
  }

  /** Where a slot is drawn at a time, in mercator units; null when it is not on the picture. */
  place(slot: number, now: number, glideSeconds: number): [x: number, y: number] | null {
    if (slot >= this.rows || !this.isDrawn(slot)) return null;
    const f = this.floats;
    const at = slot * ROW_FLOATS;
    const t = glideSeconds > 0 ? clamp01((now - this.base - f[at + 4]) / glideSeconds) : 1;
    return [this.originX + f[at] + (f[at + 2] - f[at]) * t, this.originY + f[at + 1] + (f[at + 3] - f[at + 1]) * t];
  }

  /** The nearest drawn slot within `reach` mercator units of a point, or -1. Moving and still workers win over fading ones. */
  nearest(x: number, y: number, reach: number, now: number, glideSeconds: number): number {
    const f = this.floats;
    const px = x - this.originX;
    const py = y - this.originY;
    const start = now - this.base;
    let best = -1;
    let bestDistance = reach * reach;
    for (let slot = 0; slot < this.rows; slot++) {
      const state = this.marks[slot * ROW_BYTES + 26];
      if (state === 0 || !this.passes(slot, state)) continue;
      const at = slot * ROW_FLOATS;
      const t = glideSeconds > 0 ? clamp01((start - f[at + 4]) / glideSeconds) : 1;
      const dx = f[at] + (f[at + 2] - f[at]) * t - px;
      const dy = f[at + 1] + (f[at + 3] - f[at + 1]) * t - py;
      const distance = (dx * dx + dy * dy) * ((state & 7) >= 4 ? 1 : 1.5);
      if (distance < bestDistance) {
        bestDistance = distance;
        best = slot;
      }
    }
    return best;
  }

  mark(slot: number, bit: number, on: boolean): void {
    if (slot < 0 || slot >= this.rows) return;
    const at = slot * ROW_BYTES + 27;
    const next = on ? this.marks[at] | bit : this.marks[at] & ~bit;
    if (next === this.marks[at]) return;
    this.marks[at] = next;
    if (next === 0) this.marked.delete(slot);
    else this.marked.add(slot);
    this.dirty(slot);
  }

  /** After an upload. */
  clean(): void {
    this.dirtyFrom = Number.POSITIVE_INFINITY;
    this.dirtyTo = -1;
  }

  private passes(slot: number, state: number): boolean {
    return hasBit(this.shownRoles, this.marks[slot * ROW_BYTES + 25]) && hasBit(this.shownStates, presenceOf(state));
  }

  private isDrawn(slot: number): boolean {
    return this.marks[slot * ROW_BYTES + 26] !== 0;
  }

  private dirty(slot: number): void {
    if (slot < this.dirtyFrom) this.dirtyFrom = slot;
    if (slot > this.dirtyTo) this.dirtyTo = slot;
  }

  private rebase(now: number): void {
    const shift = this.base - now;
    for (let slot = 0; slot < this.rows; slot++) {
      this.floats[slot * ROW_FLOATS + 4] += shift;
      this.floats[slot * ROW_FLOATS + 5] += shift;
    }
    this.base = now;
    if (this.rows > 0) {
      this.dirty(0);
      this.dirty(this.rows - 1);
    }
  }

  private reserve(rows: number): void {
    if (rows * ROW_BYTES <= this.bytes.byteLength) return;
    const bytes = new ArrayBuffer(2 ** Math.ceil(Math.log2(Math.max(rows, 1024))) * ROW_BYTES);
    new Uint8Array(bytes).set(new Uint8Array(this.bytes));
    this.bytes = bytes;
    this.floats = new Float32Array(bytes);
    this.marks = new Uint8Array(bytes);
  }
}

const clamp01 = (t: number): number => Math.min(1, Math.max(0, t));
