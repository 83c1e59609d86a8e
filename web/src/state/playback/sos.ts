import type { Track } from "./track";
import { FixFlag } from "./types";

/** Calls for help by one person this near to each other are one: the phone repeats it until it is answered. */
const ONE_CALL_MS = 5 * 60_000;
/** More than this nobody reads, and no timeline shows. */
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

  clear(): void {
    this.looked.length = 0;
    this.found = [];
  }

  /** In order of time. */
  find(tracks: readonly Track[]): readonly Sos[] {
    const before = this.found;
    for (const track of tracks) {
      const at = this.looked[track.row];
      if (at && at.rewrites === track.rewrites && at.upTo === track.length) continue;
      if (at && at.rewrites !== track.rewrites) this.found = this.found.filter((sos) => sos.row !== track.row);
      const from = at && at.rewrites === track.rewrites ? at.upTo : 0;
      this.look(track, from);
      this.looked[track.row] = { upTo: track.length, rewrites: track.rewrites };
    }
    if (this.found !== before) this.found.sort((a, b) => a.ms - b.ms || a.row - b.row);
    return this.found;
  }

  private look(track: Track, from: number): void {
    let last: Sos | undefined;
    for (let i = from; i < track.length; i++) {
      if (!(track.flags[i] & FixFlag.sos)) continue;
      const ms = track.at[i] + track.offsetMs;
      last ??= this.found.findLast((sos) => sos.row === track.row);
      if (last && ms - this.endOf(track, last) <= ONE_CALL_MS) {
        last.count++;
        this.ends.set(last, ms);
        continue;
      }
      if (this.found.length >= MOST) return;
      last = { row: track.row, ms, fix: i, count: 1, isLate: (track.flags[i] & FixFlag.late) !== 0 };
      this.ends.set(last, ms);
      this.found = [...this.found, last];
    }
  }

  private readonly ends = new WeakMap<Sos, number>();

  private endOf(track: Track, sos: Sos): number {
    return this.ends.get(sos) ?? track.at[sos.fix] + track.offsetMs;
  }
}
