import type { TrackEnd } from "../../wire/contracts.gen";
import type { DecodedSegments } from "../../wire/trackBytes";
import type { TrackPart } from "../../wire/tracksFeed";
import type { Jump } from "./cleaning";
import { Track } from "./track";
import type { PlaybackSettings, TrackBook } from "./types";

/** Fixes a book holds; beyond it the page would run out of memory. The server's own limit lies below. */
export const MOST_FIXES = 20_000_000;

interface LoadedSet {
  offsetMs: number;
  /** Own time. */
  sentUntil: number;
  end: TrackEnd | null;
  /** Is being read; false without an end: what is missing does not come by itself. */
  isOpen: boolean;
  /** Fixes that were not taken because there were too many. */
  leftOut: number;
  bySlot: Map<number, Track>;
  byCode: Map<string, Track>;
  /** What the server called jumps, by worker. */
  jumps: Map<string, readonly Jump[]>;
}

/** All tracks loaded: parts are taken over segment by segment, in any order. */
export class Book implements TrackBook {
  readonly tracks: Track[] = [];
  fixes = 0;
  /** In memory, what cleaning has parted counted twice: this is what is bounded. */
  held = 0;
  version = 0;
  private readonly sets: LoadedSet[];

  /** @param interval clock time @param sets where each set's own times lie */
  constructor(
    public interval: { from: number; to: number },
    sets: readonly { offsetMs: number; from: number }[],
    private settings: PlaybackSettings,
    private readonly most = MOST_FIXES,
  ) {
    this.sets = sets.map(({ offsetMs, from }) => ({
      offsetMs,
      sentUntil: from,
      end: null,
      isOpen: true,
      leftOut: 0,
      bySlot: new Map(),
      byCode: new Map(),
      jumps: new Map(),
    }));
  }

  get loadedUntil(): number {
    let until = Number.POSITIVE_INFINITY;
    for (const set of this.sets) if (!set.end) until = Math.min(until, set.sentUntil + set.offsetMs);
    return Math.min(this.interval.to, Math.max(this.interval.from, until));
  }

  get progress(): number {
    const { from, to } = this.interval;
    return to > from ? (this.loadedUntil - from) / (to - from) : 1;
  }

  /** Something is missing that does not come by itself: the reading was stopped, or broke. */
  get isUnread(): boolean {
    return this.sets.some((set) => !set.end && !set.isOpen);
  }

  /** Fixes that were not taken because there were too many. */
  get leftOut(): number {
    return this.sets.reduce((sum, set) => sum + set.leftOut, 0);
  }

  get ends(): readonly (TrackEnd | null)[] {
    return this.sets.map((set) => set.end);
  }

  /** The track as it is to be drawn: whole in the raw view, else what is believed of it. */
  drawn(row: number): Track {
    const track = this.tracks[row];
    return this.settings.clean ? track.believed : track;
  }

  /** Which fixes the server calls jumps, told before or after they have come; true when something is drawn otherwise by it. */
  setJumps(set: number, worker: string, jumps: readonly Jump[]): boolean {
    this.sets[set]?.jumps.set(worker, jumps);
    const track = this.find(set, worker);
    const isNews = track !== undefined && this.holding(track, () => track.setJumps(jumps));
    if (isNews) this.version++;
    return isNews;
  }

  /** Own time up to which a set has come without end. */
  sentUntil(set: number): number {
    return this.sets[set].sentUntil;
  }

  isOpen(set: number): boolean {
    return this.sets[set].isOpen;
  }

  /** A set's reading begins, or ends before its last chunk. */
  setOpen(set: number, isOpen: boolean): void {
    this.sets[set].isOpen = isOpen;
    this.version++;
  }

  /** All of a set is read once more: what there was no room for is counted anew. */
  readAnew(set: number): void {
    this.sets[set].leftOut = 0;
  }

  find(set: number, worker: string): Track | undefined {
    return this.sets[set]?.byCode.get(worker);
  }

  /** Takes over a part in steps of one segment; the caller lets other work in between. */
  *take(set: number, part: TrackPart): Generator<void> {
    const to = this.sets[set];
    for (const name of part.names) {
      const track = this.trackOf(set, name.slot);
      track.call(name);
      to.byCode.set(name.worker, track);
      this.holding(track, () => track.setJumps(to.jumps.get(name.worker) ?? []));
    }
    const { columns, slots, starts }: DecodedSegments = part.segments;
    for (let n = 0; n < slots.length; n++) {
      const track = this.trackOf(set, slots[n]);
      const [from, end] = [starts[n], starts[n + 1]];
      // Only near the limit it is looked at what of it is there already, as when an area is read again.
      const fits = this.held + end - from <= this.most || this.held + track.countNew(columns, from, end) <= this.most;
      if (fits) this.fixes += this.holding(track, () => track.append(columns, from, end));
      else to.leftOut += track.countNew(columns, from, end);
      yield;
    }
    // Told only now: until then the clock must not run into what is still being taken over.
    to.sentUntil = Math.max(to.sentUntil, part.sentUntil);
    if (part.end) to.end = part.end;
    this.version++;
  }

  /** The interval's end moves on with the present. */
  extend(to: number): void {
    this.interval = { ...this.interval, to: Math.max(this.interval.to, to) };
  }

  setSettings(settings: PlaybackSettings): void {
    this.settings = settings;
    for (const track of this.tracks) track.setSettings(settings);
    this.version++;
  }

  private holding<T>(track: Track, change: () => T): T {
    const before = track.held;
    const result = change();
    this.held += track.held - before;
    return result;
  }

  private trackOf(set: number, slot: number): Track {
    const { bySlot, offsetMs } = this.sets[set];
    let track = bySlot.get(slot);
    if (!track) {
      track = new Track(this.tracks.length, set, slot, offsetMs, this.settings);
      this.tracks.push(track);
      bySlot.set(slot, track);
    }
    return track;
  }
}
