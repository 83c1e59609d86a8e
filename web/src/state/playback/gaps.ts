import type { PlaybackSettings } from "./types";

/** Reporting intervals are told apart no finer than this, seconds, so that one more fix does not move the threshold; as the server's GapRules. */
const CLASSES = [1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 450, 600, 900, 1800, 3600] as const;
const LAST = CLASSES.length - 1;

type Limits = Pick<PlaybackSettings, "gapMs" | "gapFactor" | "trackEndMs">;

/**
 * From when on a silence is a gap: the server's rule (GapRules.cs), so that what the page hatches is what the summary lists and an export leaves out. Intervals are counted in classes as
 * fixes come, each once; the median is the upper bound of the class that holds it.
 */
export class GapRule {
  private counts = new Int32Array(CLASSES.length);
  private total = 0;
  private seen = 0;

  constructor(private limits: Limits) {}

  setLimits(limits: Limits): void {
    if (limits.trackEndMs !== this.limits.trackEndMs) this.restart();
    this.limits = limits;
  }

  /** Counts the intervals since the last call. @param at own times in order, of which `length` count */
  look(at: Float64Array, length: number): void {
    const longest = Math.min(this.limits.trackEndMs, CLASSES[LAST] * 1000);
    for (let i = Math.max(1, this.seen); i < length; i++) {
      const interval = at[i] - at[i - 1];
      // Longer is a night, not an interval of reporting; two fixes of one moment are none either.
      if (!(interval > 0 && interval <= longest)) continue;
      this.counts[classOf(interval)]++;
      this.total++;
    }
    this.seen = length;
  }

  /** Forgets what was counted: fixes came in between. */
  restart(): void {
    this.counts.fill(0);
    this.total = this.seen = 0;
  }

  /** NaN while there is no interval. */
  get medianMs(): number {
    let seen = 0;
    for (let at = 0; at <= LAST && this.total > 0; at++) {
      seen += this.counts[at];
      if (seen * 2 >= this.total) return CLASSES[at] * 1000;
    }
    return Number.NaN;
  }

  /** A silence longer than this is a gap: nothing is drawn or interpolated across it. */
  get thresholdMs(): number {
    const { gapMs, gapFactor, trackEndMs } = this.limits;
    const { medianMs } = this;
    return Math.min(Number.isNaN(medianMs) ? gapMs : Math.max(gapMs, gapFactor * medianMs), trackEndMs);
  }
}

function classOf(intervalMs: number): number {
  let at = 0;
  while (at < LAST && intervalMs > CLASSES[at] * 1000) at++;
  return at;
}
