import type { PlayerChange } from "./types";

/** The page hears of changes at most so often. */
const TELL_EVERY_MS = 250;

/** Gathers what changed and tells it a few times a second. */
export class Teller {
  private readonly listeners = new Set<(what: PlayerChange) => void>();
  private changes: PlayerChange = none();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private toldAt = Number.NEGATIVE_INFINITY;

  add(listener: (what: PlayerChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell(what: Partial<PlayerChange>): void {
    Object.assign(this.changes, what);
    if (this.timer !== undefined) return;
    this.timer = setTimeout(this.flush, Math.max(0, TELL_EVERY_MS - (performance.now() - this.toldAt)));
  }

  tellNow(what: Partial<PlayerChange>): void {
    Object.assign(this.changes, what);
    clearTimeout(this.timer);
    this.flush();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.listeners.clear();
  }

  private readonly flush = (): void => {
    this.timer = undefined;
    this.toldAt = performance.now();
    const what = this.changes;
    this.changes = none();
    for (const listener of this.listeners) listener(what);
  };
}

const none = (): PlayerChange => ({ book: false, clock: false, state: false });
