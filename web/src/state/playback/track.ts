import type { WallName } from "../../wire/contracts.gen";
import { allocate, type FixColumns } from "../../wire/trackBytes";
import { roleNumber } from "../records";
import { gapThreshold, medianInterval } from "./gaps";
import type { PlaybackSettings, TrackColumns } from "./types";

/** The median is looked at anew when a track has grown by so much: not with every segment. */
const LOOK_AGAIN = 1.5;

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
  private medianOf = 0;

  constructor(
    readonly row: number,
    readonly set: number,
    readonly slot: number,
    /** Added to a fix's time to get the clock's. */
    readonly offsetMs: number,
    private settings: PlaybackSettings,
  ) {
    this.gapMs = settings.gapMs;
  }

  call(name: WallName): void {
    this.name = name;
    this.role = roleNumber(name.role);
  }

  setSettings(settings: PlaybackSettings): void {
    this.settings = settings;
    this.gapMs = gapThreshold(this.medianMs, settings);
  }

  /** Takes over fixes from..to of the columns, sorted by time. Usually all later than what there is. */
  append(columns: FixColumns, from: number, to: number): void {
    const more = to - from;
    if (more === 0) return;
    if (this.length === 0) this.adopt(columns, from, to);
    else if (columns.at[from] >= this.at[this.length - 1]) {
      this.reserve(this.length + more);
      for (const name of COLUMNS) this[name].set(columns[name].subarray(from, to) as never, this.length);
    } else this.merge(columns, from, to);
    this.length += more;
    if (this.length < 32 || this.length > this.medianOf * LOOK_AGAIN) {
      this.medianOf = this.length;
      this.medianMs = medianInterval(this.at, this.length);
      this.gapMs = gapThreshold(this.medianMs, this.settings);
    }
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

  /** True when nothing is known between fix i and the next. */
  isGap(i: number): boolean {
    return this.at[i + 1] - this.at[i] > this.gapMs;
  }

  /** The first segment is not copied: most workers of a district hour have but one. */
  private adopt(columns: FixColumns, from: number, to: number): void {
    for (const name of COLUMNS) this[name] = columns[name].subarray(from, to) as never;
  }

  private reserve(size: number): void {
    if (size <= this.at.length) return;
    const grown = allocate(Math.max(size, this.length * 2));
    for (const name of COLUMNS) {
      grown[name].set(this[name].subarray(0, this.length) as never);
      this[name] = grown[name] as never;
    }
  }

  /** What came late goes where it belongs; equal times keep what was there first. */
  private merge(columns: FixColumns, from: number, to: number): void {
    const merged = allocate(this.length + to - from);
    let i = 0;
    let j = from;
    for (let out = 0; out < merged.at.length; out++) {
      const old = j === to || (i < this.length && this.at[i] <= columns.at[j]);
      for (const name of COLUMNS) merged[name][out] = old ? this[name][i] : columns[name][j];
      if (old) i++;
      else j++;
    }
    for (const name of COLUMNS) this[name] = merged[name] as never;
    this.rewrites++;
  }
}

const NO = allocate(0);
const COLUMNS = Object.keys(NO) as (keyof FixColumns)[];
