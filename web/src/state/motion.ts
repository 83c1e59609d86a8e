import { clamp01, MarkerRows, ROW_BYTES, ROW_FLOATS } from "./markerRows";
import { mercatorX, unitsPerMeter } from "./mercator";
import type { Changed, WorkerStore } from "./workers";

export { Mark, ROW_BYTES, ROW_FLOATS } from "./markerRows";

/** A jump longer than this is shown as a jump: gliding across the district would invent a journey. */
const GLIDE_LIMIT_METERS = 2000;

/** float32 seconds stay finer than a thousandth up to here; then the base moves. */
const REBASE_AFTER_SECONDS = 3600;

/** Positions between frames: each worker glides from where it was drawn to its newest fix. */
export class Motion extends MarkerRows {
  /** The last glide ends at this time (seconds, as given to update). */
  glidesUntil = 0;

  private readonly glideLimit: number;

  constructor(originLongitude: number, originLatitude: number) {
    super(originLongitude, originLatitude);
    this.glideLimit = GLIDE_LIMIT_METERS * unitsPerMeter(originLatitude);
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
}
