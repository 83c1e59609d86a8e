import type { PlaybackClock } from "./types";

/** Longer between two frames is a page that was hidden: it goes on where it was. */
const LONGEST_STEP_MS = 1000;
const FASTEST = 600;

/**
 * Playback by true time: how far it moves depends on the seconds that have passed on this screen and the speed, never on how many fixes
 * there are.
 */
export class Clock implements PlaybackClock {
  now: number;
  playing = false;
  speed = 1;
  waiting = false;
  live = false;
  loop: { from: number; to: number } | null = null;
  private last: number | null = null;

  /**
   * @param loadedUntil clock time beyond which nothing is known yet
   * @param reaches whether the interval's end moves on with the present
   * @param comes whether what is missing is being read: if not, there is nothing to wait for
   */
  constructor(
    public from: number,
    public to: number,
    private readonly loadedUntil: () => number,
    private readonly reaches: () => boolean = () => false,
    private readonly comes: () => boolean = () => true,
    private readonly changed: () => void = () => {},
  ) {
    this.now = from;
  }

  play(speed = this.speed): void {
    this.setSpeed(speed);
    // Pressed at the end it starts anew, as every player does.
    const { first, end } = this.window;
    if (this.speed > 0 && this.now >= end && !this.reaches()) this.now = first;
    if (this.speed < 0 && this.now <= first) this.now = end;
    this.playing = true;
    this.last = null;
    this.changed();
  }

  resume(): void {
    const { first, end } = this.window;
    const isOver = this.speed > 0 ? this.now >= end && !this.reaches() : this.now <= first;
    if (!isOver || this.loop) this.play();
  }

  pause(): void {
    this.playing = false;
    this.waiting = false;
    this.live = false;
    this.changed();
  }

  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  setSpeed(speed: number): void {
    if (!Number.isFinite(speed) || speed === 0) return;
    this.speed = Math.sign(speed) * Math.min(FASTEST, Math.max(0.1, Math.abs(speed)));
    this.live = false;
    this.changed();
  }

  seek(ms: number): void {
    this.now = Math.min(this.to, Math.max(this.from, ms));
    this.waiting = false;
    this.live = false;
    this.last = null;
    this.changed();
  }

  setLoop(window: { from: number; to: number } | null): void {
    const from = window ? Math.max(this.from, Math.min(window.from, window.to)) : 0;
    const to = window ? Math.min(this.to, Math.max(window.from, window.to)) : 0;
    this.loop = to > from ? { from, to } : null;
    if (this.loop && (this.now < from || this.now >= to)) this.seek(from);
    this.changed();
  }

  /** More of the interval came to be. A replay that is at the present goes along, and stays so far behind the end that it has something to play. */
  extend(to: number, behindMs = Number.POSITIVE_INFINITY): void {
    this.to = Math.max(this.to, to);
    if (this.live) this.now = Math.max(this.now, this.to - behindMs);
  }

  tick(wallMs: number): boolean {
    const passed = this.last === null ? 0 : Math.min(LONGEST_STEP_MS, Math.max(0, wallMs - this.last));
    this.last = wallMs;
    if (!this.playing || passed === 0) return false;
    const before = this.now;
    if (this.speed > 0) this.forwards(this.now + passed * this.speed);
    else this.backwards(this.now + passed * this.speed);
    return this.now !== before;
  }

  private get window(): { first: number; end: number } {
    return { first: this.loop?.from ?? this.from, end: this.loop?.to ?? this.to };
  }

  private forwards(next: number): void {
    const { first, end } = this.window;
    const loaded = this.loadedUntil();
    // Sought beyond what has come, it stands there until it has.
    const limit = Math.max(this.now, Math.min(end, loaded));
    if (next < limit) {
      this.now = next;
      this.wait(false);
    } else if (limit < end) {
      this.now = limit;
      if (this.comes()) this.wait(true);
      else this.pause();
    } else if (this.loop) {
      this.now = first + ((next - first) % (end - first));
      this.wait(false);
    } else if (this.reaches()) {
      this.now = end;
      this.wait(false);
      if (!this.live) {
        this.speed = 1;
        this.live = true;
        this.changed();
      }
    } else {
      this.now = end;
      this.pause();
    }
  }

  /** Standing still is news: nothing else tells it. */
  private wait(waiting: boolean): void {
    if (waiting === this.waiting) return;
    this.waiting = waiting;
    this.changed();
  }

  private backwards(next: number): void {
    const { first, end } = this.window;
    this.wait(false);
    if (next > first) this.now = next;
    else if (this.loop) {
      const last = Math.max(first, Math.min(end, this.loadedUntil()));
      this.now = last > first ? last - ((first - next) % (last - first)) : first;
    } else {
      this.now = first;
      this.pause();
    }
  }
}
