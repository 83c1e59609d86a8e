import type { Track } from "./track";
import { FixFlag } from "./types";

/** Calls for help by one person this near to each other are one: the phone repeats it until it is answered. */
const ONE_CALL_MS = 5 * 60_000;
/** More than this nobody reads, and no timeline shows; those beyond are counted. */
const MOST = 500;

/** A call for help, clock ms: its first fix. */
export interface Sos {
  row: number;
  ms: number;
  /** Number of the first fix among the track's. */
  fix: number;
  /** Fixes of it. */
  count: number;
  /** It came after the fact. */
  isLate: boolean;
}

/** Finds the fixes that were sent with a call for help, looking at each fix once while more come. */
export class SosFinder {
  private readonly looked: { upTo: number; rewrites: number }[] = [];
  private found: Sos[] = [];
  /** By row, calls beyond the most that are told. */
  private readonly untold: number[] = [];
  /** By row, the newest call, told or not. */
  private readonly newest: (Sos | undefined)[] = [];

  constructor(private readonly most = MOST) {}

  /** Calls found that are not among those told. */
  get more(): number {
    return this.untold.reduce((sum, n) => sum + n, 0);
  }

  clear(): void {
    this.looked.length = 0;
    this.untold.length = 0;
    this.newest.length = 0;
    this.found = [];
  }

  /** In order of time, those of the first tracks when there are too many. */
  find(tracks: readonly Track[]): readonly Sos[] {
    const before = this.found;
    for (const track of tracks) {
      const at = this.looked[track.row];
      if (at && at.rewrites === track.rewrites && at.upTo === track.length) continue;
      if (!at || at.rewrites !== track.rewrites) this.forget(track.row);
      const from = at && at.rewrites === track.rewrites ? at.upTo : 0;
      this.look(track, from);
      this.looked[track.row] = { upTo: track.length, rewrites: track.rewrites };
    }
    if (this.found !== before) this.found.sort((a, b) => a.ms - b.ms || a.row - b.row);
    return this.found;
  }

  private look(track: Track, from: number): void {
    const { row } = track;
    for (let i = from; i < track.length; i++) {
      if (!(track.flags[i] & FixFlag.sos)) continue;
      const ms = track.at[i] + track.offsetMs;
      const last = this.newest[row];
      if (last && ms - this.endOf(track, last) <= ONE_CALL_MS) {
        last.count++;
        this.ends.set(last, ms);
        continue;
      }
      const call = { row, ms, fix: i, count: 1, isLate: (track.flags[i] & FixFlag.late) !== 0 };
      this.newest[row] = call;
      this.ends.set(call, ms);
      if (this.found.length < this.most) this.found = [...this.found, call];
      else this.untold[row]++;
    }
  }

  private forget(row: number): void {
    if (this.newest[row]) this.found = this.found.filter((sos) => sos.row !== row);
    this.newest[row] = undefined;
    this.untold[row] = 0;
  }

  private readonly ends = new WeakMap<Sos, number>();

  private endOf(track: Track, sos: Sos): number {
    return this.ends.get(sos) ?? track.at[sos.fix] + track.offsetMs;
  }
}
