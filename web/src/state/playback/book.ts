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
  bySlot: Map<number, Track>;
  byCode: Map<string, Track>;
  /** What the server called jumps, by worker. */
  jumps: Map<string, readonly Jump[]>;
}

/** All tracks loaded: parts are taken over segment by segment, in any order. */
export class Book implements TrackBook {
  readonly tracks: Track[] = [];
  fixes = 0;
  version = 0;
  /** Fixes that were not taken because there were too many. */
  leftOut = 0;
  private readonly sets: LoadedSet[];

  /** @param interval clock time @param sets where each set's own times lie */
  constructor(
    public interval: { from: number; to: number },
    sets: readonly { offsetMs: number; from: number }[],
    private settings: PlaybackSettings,
  ) {
    this.sets = sets.map(({ offsetMs, from }) => ({
      offsetMs,
      sentUntil: from,
      end: null,
      isOpen: true,
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
    const isNews = this.find(set, worker)?.setJumps(jumps) ?? false;
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
      track.setJumps(to.jumps.get(name.worker) ?? []);
    }
    const { columns, slots, starts }: DecodedSegments = part.segments;
    for (let n = 0; n < slots.length; n++) {
      const count = starts[n + 1] - starts[n];
      if (this.fixes + count > MOST_FIXES) this.leftOut += count;
      else this.fixes += this.trackOf(set, slots[n]).append(columns, starts[n], starts[n + 1]);
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
