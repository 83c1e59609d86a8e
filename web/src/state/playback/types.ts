import type { TrackEnd, TrackRequest, WallName } from "../../wire/contracts.gen";
import type { Bounds } from "../areas";
import type { Aside, AsideCounts, Jump } from "./cleaning";

/**
 * README of the playback engine: what the page codes against.
 *
 * A {@link Player} loads one or two sets of tracks (two: compare two days, or two groups) into a {@link TrackBook} and runs a
 * {@link PlaybackClock} over them. Everything is asked for by *time on the clock* in ms since 1970 UTC. The second set of a comparison is
 * shifted onto the first one's day: `clock time = fix time + set.offsetMs`; every `ms` that leaves the engine is clock time unless its
 * name ends in `At` (the fix's own time). A track is known by its `row`: its number in the book, which is also its marker on the map.
 *
 *   const player = createPlayer({ origin: [112.56, 37.86] });          // state/playback/player.ts
 *   const map = new PlaybackMap({ player, container, ... });           // map/playbackMap.ts: draws by itself while the clock runs
 *   const stop = player.onChange((what) => …);                         // at most 4 times a second and at once for errors
 *   player.load({ sets: [{ request: { area: "140109", from, to, reason } }] });
 *   player.clock.play(60);
 *
 * Nothing here is reactive and nothing is copied: read on change, show a shallow copy. Import it lazily (`onDemand`): it must not enter
 * the wall's first chunk.
 */

/** One worker's fixes, columns sorted by time. Arrays may be longer than `length`, and are replaced as they grow: do not keep them. */
export interface TrackColumns {
  /** Number in the book. */
  readonly row: number;
  /** Which of the plan's sets it belongs to. */
  readonly set: number;
  readonly slot: number;
  /** Null until the server has named the slot. */
  readonly name: WallName | null;
  readonly length: number;
  /** Own time of each fix, ms since 1970 UTC. */
  readonly at: Float64Array;
  /** 1e-7 degrees WGS-84. */
  readonly longitudeE7: Int32Array;
  readonly latitudeE7: Int32Array;
  /** cm/s; 65535 unknown. */
  readonly speed: Uint16Array;
  /** Tenths of a degree clockwise from north; 65535 unknown. */
  readonly heading: Uint16Array;
  /** Radius in decimetres; 65535 unknown. */
  readonly accuracy: Uint16Array;
  /** Metres; -32768 unknown. */
  readonly altitude: Int16Array;
  /** Per cent; 255 unknown. */
  readonly battery: Uint8Array;
  /** See {@link FixFlag}. */
  readonly flags: Uint8Array;
  readonly device: Int32Array;
  /** Median time between fixes in ms, over what has come: the upper bound of its class, see gaps.ts. NaN without. */
  readonly medianMs: number;
  /** A longer silence is a gap: `max(settings.gapMs, settings.gapFactor × medianMs)`, at most `settings.trackEndMs`. */
  readonly gapMs: number;
}

/** Bits of `flags`; the server's FixFlags. */
export const FixFlag = { mock: 1, inaccurate: 2, implausibleSpeed: 4, late: 8, charging: 16, sos: 32 } as const;

export const Unknown = { speed: 65535, heading: 65535, accuracy: 65535, altitude: -32768, battery: 255 } as const;

/** One fix for people: the fix under the pointer. What the phone did not say is null. */
export interface FixView {
  row: number;
  /** Number among the track's fixes. */
  index: number;
  name: WallName | null;
  /** Own time of the fix. */
  fixAt: number;
  /** Time on the clock. */
  ms: number;
  longitude: number;
  latitude: number;
  speedMps: number | null;
  headingDegrees: number | null;
  accuracyMeters: number | null;
  altitudeMeters: number | null;
  batteryPercent: number | null;
  flags: (keyof typeof FixFlag)[];
  device: number;
  /** Why cleaning sets it aside; null when it does not. */
  aside: Aside | null;
}

/** What a worker is at a moment. `noData`: in a gap, or before the first or after the last fix – which is never "absent". `setAside`: something was heard, none of it is believed. `notLoaded`: nothing is being read. */
export type TrackState = "noData" | "still" | "moving" | "loading" | "notLoaded" | "setAside";

export interface TrackPosition {
  row: number;
  name: WallName | null;
  state: TrackState;
  /** Meaningless without data. */
  longitude: number;
  latitude: number;
  headingDegrees: number | null;
  speedMps: number | null;
  /** The fix at or before the moment, among those drawn. */
  fix: number;
}

/** A stretch of a lane, clock ms. */
export interface Span {
  /** `gap`: nothing was heard. `aside`: what was heard is set aside by cleaning, all of it. */
  kind: "moving" | "still" | "gap" | "aside";
  from: number;
  to: number;
  /** Of `aside`: how many fixes and why. */
  reasons?: AsideCounts;
}

export interface Lane {
  row: number;
  name: WallName | null;
  /** In order of time, from the track's first fix heard to its last. Before, after and in gaps is no data. */
  spans: Span[];
}

/** Fixes in equal parts of [from, to). */
export interface Histogram {
  from: number;
  to: number;
  fixes: Uint32Array;
  /** Fixes that were moving. */
  moving: Uint32Array;
}

export interface TrackBook {
  readonly tracks: readonly TrackColumns[];
  readonly fixes: number;
  /** Clock time up to which every track of every set is here; `from` before the first chunk, `to` when all has come. */
  readonly loadedUntil: number;
  readonly interval: { readonly from: number; readonly to: number };
  /** 0–1, by time. */
  readonly progress: number;
  /** Some of it has not come and is not being read: it was stopped, or broke. */
  readonly isUnread: boolean;
  /** One for each set that has come whole, else null. */
  readonly ends: readonly (TrackEnd | null)[];
  /** Changes whenever something was added. */
  readonly version: number;
  find(set: number, worker: string): TrackColumns | undefined;
}

/** Speeds offered; any number from -600 to 600 but 0 is taken. */
export const SPEEDS = [1, 2, 5, 10, 20, 60, 120, 300, 600] as const;

export interface PlaybackClock {
  readonly from: number;
  readonly to: number;
  /** Clock time, ms. */
  readonly now: number;
  readonly playing: boolean;
  /** Seconds of playback in a second, -600 to 600; negative runs backwards. */
  readonly speed: number;
  /** It would run on, but what comes next has not been loaded. */
  readonly waiting: boolean;
  /** At the end of an interval that reaches into the present, running at 1×: `to` moves with the server's clock. */
  readonly live: boolean;
  readonly loop: { readonly from: number; readonly to: number } | null;
  play(speed?: number): void;
  /** Plays on after a hand has moved it; at the end, where there is nothing to play, it stays. */
  resume(): void;
  pause(): void;
  toggle(): void;
  setSpeed(speed: number): void;
  seek(ms: number): void;
  /** Plays [from, to) over and over; null: the whole interval once. */
  setLoop(window: { from: number; to: number } | null): void;
  /** Moves on by what has passed on this screen since the last call; true when `now` changed. The map calls it. */
  tick(wallMs: number): boolean;
}

export interface SetPlan {
  request: TrackRequest;
  /** Added to a fix's time to get the clock's; 0 for the first set. See alignDays() in player.ts for two days by time of day. */
  offsetMs?: number;
}

export interface PlaybackPlan {
  sets: SetPlan[];
  /** Clock interval; the first set's interval when missing. */
  from?: number;
  to?: number;
  /** Start position; `from` when missing. */
  at?: number;
  /** False: a replay that has run into the present ends there, and asks for nothing more. */
  live?: boolean;
}

export interface PlaybackSettings {
  /** Same numbers as the server's options. */
  gapMs: number;
  gapFactor: number;
  /** No gap's threshold is longer: a silence that ends a track. */
  trackEndMs: number;
  /** Slower is "still", m/s. */
  movingMps: number;
  /** Length of trails in seconds of playback, 0: none. */
  trailSeconds: number;
  /** Fixes that cleaning sets aside are not drawn; false: the raw view, every fix is. */
  clean: boolean;
}

export const DEFAULT_SETTINGS: PlaybackSettings = {
  gapMs: 120_000,
  gapFactor: 3,
  trackEndMs: 900_000,
  movingMps: 0.5,
  trailSeconds: 300,
  clean: true,
};

export interface PlayerError {
  set: number;
  /** As HTTP has it: 403, 404, 428, 400 …; 0: the connection broke. */
  status: number;
  /** For people, from the server. */
  reason: string;
  /** For machines, as a problem's type ends: `too-much`; null where none was told. */
  code: string | null;
}

/** What changed since the last call. */
export interface PlayerChange {
  /** Tracks, fixes, progress. */
  book: boolean;
  /** now, playing, speed, loop. */
  clock: boolean;
  /** A set ended or broke; see `error` and `loading`. */
  state: boolean;
}

/** Where an area is: GeoJSON Polygon or MultiPolygon coordinates in degrees. */
export interface AreaShape {
  code: string;
  id: number;
  bounds: Bounds;
  geometry: { type: "Polygon"; coordinates: number[][][] } | { type: "MultiPolygon"; coordinates: number[][][][] };
}

export interface Player {
  readonly book: TrackBook;
  readonly clock: PlaybackClock;
  readonly settings: PlaybackSettings;
  readonly loading: boolean;
  readonly error: PlayerError | null;
  /** Drops what there was and loads anew. */
  load(plan: PlaybackPlan): void;
  /** Stops loading; what has come stays. */
  cancel(): void;
  /** Reads what is missing once more: all that has come stays, and the clock with it. */
  readOn(): void;
  dispose(): void;
  onChange(listener: (what: PlayerChange) => void): () => void;
  setSettings(settings: Partial<PlaybackSettings>): void;
  /** Which fixes of a worker the server's cleaning calls jumps, own time in order. */
  setJumps(set: number, worker: string, jumps: readonly Jump[]): void;

  /** Everybody at a moment, `now` when missing. For lists; the map reads its own buffers. */
  positionsAt(ms?: number): TrackPosition[];
  positionOf(row: number, ms?: number): TrackPosition;
  /** The track's fix nearest to a moment; null without any. */
  fixUnder(row: number, ms?: number): FixView | null;
  fixAt(row: number, index: number): FixView | null;
  /** The next (1) or previous (-1) fix of a track, or of all tracks when row is null: seeks there and pauses. */
  stepFix(direction: 1 | -1, row?: number | null): void;
  histogram(bins: number, from?: number, to?: number): Histogram;
  /** Moving, still and gaps for the tracks asked for. */
  lanes(rows: readonly number[]): Lane[];
  /** Rows of workers within some metres of a place at a moment, nearest first. */
  near(longitude: number, latitude: number, meters: number, ms: number): { row: number; meters: number }[];

  /** Areas to count in; then `areaCounts` is told at most 4 times a second. */
  setAreas(areas: readonly AreaShape[]): void;
  /** Heads by area code at `now`, those of the first set. */
  readonly areaCounts: ReadonlyMap<string, number>;
}
