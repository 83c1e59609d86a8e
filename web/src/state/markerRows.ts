import { ALL_ROLES, ALL_STATES, hasBit } from "./layers";
import { mercatorX, mercatorY, mercatorYNear } from "./mercator";
import { presenceOf } from "./records";

/**
 * What the marker shader reads, one row per slot, interleaved, 28 bytes little-endian as WebGL wants it:
 * f32 from x, from y, to x, to y (mercator units from the origin), start of the glide and time of the fix (seconds from
 * the base), then u8 heading, role, state, marks.
 */
export const ROW_FLOATS = 7;
export const ROW_BYTES = ROW_FLOATS * 4;

export const Mark = { Selected: 1, Hovered: 2 } as const;

/** Markers as the shader reads them: where each is drawn, which one is meant by a point, and what has to be uploaded. */
export class MarkerRows {
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

  protected floats = new Float32Array(0);
  protected marks = new Uint8Array(0);
  protected readonly offsetY: (latitude: number) => number;
  protected base = 0;

  readonly originX: number;
  readonly originY: number;

  constructor(originLongitude: number, originLatitude: number) {
    this.originX = mercatorX(originLongitude);
    this.originY = mercatorY(originLatitude);
    this.offsetY = mercatorYNear(originLatitude);
  }

  /** Seconds on the shader's clock for a wall-clock time in seconds. */
  relative(seconds: number): number {
    return seconds - this.base;
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
    // Higher bits are a row's colour.
    if ((next & (Mark.Selected | Mark.Hovered)) === 0) this.marked.delete(slot);
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

  protected isDrawn(slot: number): boolean {
    return this.marks[slot * ROW_BYTES + 26] !== 0;
  }

  protected dirty(slot: number): void {
    if (slot < this.dirtyFrom) this.dirtyFrom = slot;
    if (slot > this.dirtyTo) this.dirtyTo = slot;
  }

  protected reserve(rows: number): void {
    if (rows * ROW_BYTES <= this.bytes.byteLength) return;
    const bytes = new ArrayBuffer(2 ** Math.ceil(Math.log2(Math.max(rows, 1024))) * ROW_BYTES);
    new Uint8Array(bytes).set(new Uint8Array(this.bytes));
    this.bytes = bytes;
    this.floats = new Float32Array(bytes);
    this.marks = new Uint8Array(bytes);
  }
}

export const clamp01 = (t: number): number => Math.min(1, Math.max(0, t));
