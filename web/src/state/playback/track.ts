import type { WallName } from "../../wire/contracts.gen";
import { allocate, type FixColumns } from "../../wire/trackBytes";
import { roleNumber } from "../records";
import { type Aside, asideBy, type Jump } from "./cleaning";
import { GapRule } from "./gaps";
import type { PlaybackSettings, TrackColumns } from "./types";

/** One worker's fixes, growing at their end while segments come; or, seldom, in between. */
export class Track implements TrackColumns, FixColumns {
  length = 0;
  at: Float64Array = NO.at;
  longitudeE7 = NO.longitudeE7;
  latitudeE7 = NO.latitudeE7;
  speed = NO.speed;
  heading = NO.heading;
  accuracy = NO.accuracy;
  altitude = NO.altitude;
  battery = NO.battery;
  flags = NO.flags;
  device = NO.device;
  name: WallName | null = null;
  role = 0;
  medianMs = Number.NaN;
  gapMs: number;
  /** Rises when fixes came anywhere but at the end: positions remembered by number are void. */
  rewrites = 0;
  /** The track as it is drawn cleaned: without the fixes that are set aside; the track itself while there are none. */
  believed: Track = this;
  private jumps: readonly Jump[] = [];
  /** What of this track has been looked at for {@link believed}. */
  private sifted = 0;
  private readonly rule: GapRule;

  constructor(
    readonly row: number,
    readonly set: number,
    readonly slot: number,
    /** Added to a fix's time to get the clock's. */
    readonly offsetMs: number,
    private readonly settings: PlaybackSettings,
    /** Of which this is the believed part. */
    private readonly whole: Track | null = null,
  ) {
    this.rule = new GapRule(settings);
    this.gapMs = this.rule.thresholdMs;
  }

  /** The track of which this is the believed part; itself when it is no part. */
  get heard(): Track {
    return this.whole ?? this;
  }

  /** Fixes in memory: those of the believed part, once it has parted, are a second time. */
  get held(): number {
    return this.believed === this ? this.length : this.length + this.believed.length;
  }

  call(name: WallName): void {
    this.name = name;
    this.role = roleNumber(name.role);
    if (this.believed !== this) this.believed.call(name);
  }

  setSettings(settings: PlaybackSettings): void {
    this.rule.setLimits(settings);
    this.measure();
    if (this.believed !== this) this.believed.measure();
  }

  /** What the server's cleaning found to be jumps, own time in order; true when that is news. */
  setJumps(jumps: readonly Jump[]): boolean {
    const isSame =
      jumps.length === this.jumps.length &&
      jumps.every(({ from, to }, n) => from === this.jumps[n].from && to === this.jumps[n].to);
    if (isSame) return false;
    this.jumps = jumps;
    this.sift(0);
    return true;
  }

  /** Why cleaning sets a fix aside; null for one that is believed. */
  asideOf(i: number): Aside | null {
    return asideBy(this, i, this.jumps);
  }

  /**
   * Takes over fixes from..to of the columns, sorted by time; usually all later than what there is. What is there already is left out.
   * @returns how many were new
   */
  append(columns: FixColumns, from: number, to: number): number {
    const before = this.length;
    const { rewrites } = this;
    if (to > from) {
      if (before === 0) this.adopt(columns, from, to);
      else if (columns.at[from] > this.at[before - 1]) this.extend(columns, from, to);
      else this.merge(columns, from, to);
    }
    this.measure();
    if (!this.whole) this.sift(this.rewrites === rewrites ? this.sifted : 0);
    return this.length - before;
  }

  /** How many of these fixes are not there yet: what {@link append} would take. */
  countNew(columns: FixColumns, from: number, to: number): number {
    if (this.length === 0 || from >= to || columns.at[from] > this.at[this.length - 1]) return Math.max(0, to - from);
    let count = 0;
    for (let j = from; j < to; j++) if (!this.has(columns.at[j], columns.device[j])) count++;
    return count;
  }

  /** Number of the last fix at or before an own time, -1 before the first. */
  indexAt(ms: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at[middle] <= ms) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** True when nothing is drawn between fix i and the next: nothing was heard, or, of the believed part, nothing that is believed; see silences.ts. */
  isGap(i: number): boolean {
    return this.at[i + 1] - this.at[i] > this.gapMs;
  }

  /** Lays what is believed of the fixes from a number on beside them; from 0: anew. */
  private sift(from: number): void {
    if (from === 0) this.believed = this;
    let start = from;
    for (let i = from; i < this.length; i++) {
      if (this.asideOf(i) === null) continue;
      this.believe(start, i);
      start = i + 1;
    }
    if (this.believed !== this) this.believe(start, this.length);
    this.sifted = this.length;
  }

  /** Hands a run of fixes on; with the first that is set aside they part. */
  private believe(from: number, to: number): void {
    if (this.believed === this) {
      this.believed = new Track(this.row, this.set, this.slot, this.offsetMs, this.settings, this);
      if (this.name) this.believed.call(this.name);
      this.believed.append(this, 0, to);
    } else this.believed.append(this, from, to);
  }

  private measure(): void {
    if (this.whole) {
      // What was set aside is a silence no sooner than any other.
      this.medianMs = this.whole.medianMs;
      this.gapMs = this.whole.gapMs;
      return;
    }
    this.rule.look(this.at, this.length);
    this.medianMs = this.rule.medianMs;
    this.gapMs = this.rule.thresholdMs;
  }

  /** The first segment is not copied: most workers of a district hour have but one. */
  private adopt(columns: FixColumns, from: number, to: number): void {
    for (const name of COLUMNS) this[name] = columns[name].subarray(from, to) as never;
    this.length = to - from;
  }

  private extend(columns: FixColumns, from: number, to: number): void {
    this.reserve(this.length + to - from);
    for (const name of COLUMNS) this[name].set(columns[name].subarray(from, to) as never, this.length);
    this.length += to - from;
  }

  /** Doubles, so that many small segments are copied a few times and not each time. */
  private reserve(size: number): void {
    if (size <= this.at.length) return;
    const grown = allocate(Math.max(size, this.length * 2));
    for (const name of COLUMNS) {
      grown[name].set(this[name].subarray(0, this.length) as never);
      this[name] = grown[name] as never;
    }
  }

  /** What came late goes where it belongs; of equal times what was there first stays first. */
  private merge(columns: FixColumns, from: number, to: number): void {
    const fresh: number[] = [];
    for (let j = from; j < to; j++) if (!this.has(columns.at[j], columns.device[j])) fresh.push(j);
    if (fresh.length === 0) return;
    this.rule.restart();
    const start = this.indexAt(columns.at[fresh[0]]) + 1;
    const tail = allocate(this.length - start);
    for (const name of COLUMNS) tail[name].set(this[name].subarray(start, this.length) as never);
    this.reserve(this.length + fresh.length);
    this.length += fresh.length;
    let i = 0;
    let j = 0;
    for (let out = start; out < this.length; out++) {
      const old = j === fresh.length || (i < tail.at.length && tail.at[i] <= columns.at[fresh[j]]);
      for (const name of COLUMNS) this[name][out] = old ? tail[name][i] : columns[name][fresh[j]];
      if (old) i++;
      else j++;
    }
    if (tail.at.length > 0) this.rewrites++;
  }

  /** A fix is known by its time and its device. */
  private has(ms: number, device: number): boolean {
    for (let i = this.indexAt(ms); i >= 0 && this.at[i] === ms; i--) if (this.device[i] === device) return true;
    return false;
  }
}

const NO = allocate(0);
const COLUMNS = Object.keys(NO) as (keyof FixColumns)[];
