import type { TrackRequest } from "../../wire/contracts.gen";
import { SignalRTracksFeed, type TrackPart, type TracksFeed } from "../../wire/tracksFeed";
import { addDays, daysBetween } from "../zone";
import { AreaLights } from "./areaLights";
import { Book } from "./book";
import type { Jump } from "./cleaning";
import { Clock } from "./clock";
import { nearestFix, neighbourFix, viewOf } from "./fixView";
import { LiveTail } from "./liveTail";
import type { PlaybackTrails } from "./playbackTrails";
import { Scene } from "./scene";
import { ActivityCounter, laneOf } from "./spans";
import { Stage } from "./stage";
import { Teller } from "./teller";
import { Turns } from "./turns";
import {
  type AreaShape,
  DEFAULT_SETTINGS,
  type FixView,
  type Histogram,
  type Lane,
  type PlaybackPlan,
  type PlaybackSettings,
  type Player,
  type PlayerChange,
  type PlayerError,
  type TrackPosition,
  Unknown,
} from "./types";

/** Heads in areas are counted at most so often. */
const COUNT_EVERY_MS = 250;
const METERS_PER_DEGREE = 111_195;
/** An interval that ends less than this before now reaches into the present. */
const PRESENT_MS = 60_000;

export interface PlayerDeps {
  /** Middle of the ground: positions are exact to millimetres a degree around it. */
  origin: [longitude: number, latitude: number];
  /** By default the wall hub of this page's server. */
  feed?: () => TracksFeed;
}

export const createPlayer = (deps: PlayerDeps): TrackPlayer => new TrackPlayer(deps);

/** Two days by time of day: the second set's shift onto the first one's day. */
export function alignDays(first: TrackRequest, second: TrackRequest): number {
  return addDays(second.from, daysBetween(second.from, first.from)) - second.from;
}

/** The playback engine of a page: see {@link Player}. */
export class TrackPlayer implements Player {
  book: Book;
  clock: Clock;
  settings: PlaybackSettings = { ...DEFAULT_SETTINGS };
  error: PlayerError | null = null;
  areaCounts: ReadonlyMap<string, number> = new Map();
  /** What the map draws from. */
  readonly main: Scene;
  private readonly scenes = new Set<Scene>();
  private tintOf: (row: number) => number = () => 0;
  private readonly probe: Stage;
  private readonly lights = new AreaLights();
  private readonly activity = new ActivityCounter();
  private readonly teller = new Teller();
  private readonly turns = new Turns();
  private feed: TracksFeed | null = null;
  private tail: LiveTail | null = null;
  private readonly stops = new Set<() => void>();
  private open = 0;
  private requests: readonly TrackRequest[] = [];
  private isPresent = false;
  private countedAt = 0;
  private litAreas = false;
  /** Somebody may be in another area than was counted. */
  private uncounted = false;

  constructor(private readonly deps: PlayerDeps) {
    const [longitude, latitude] = deps.origin;
    this.main = this.addScene();
    this.probe = new Stage(longitude, latitude);
    this.book = new Book({ from: 0, to: 0 }, [], this.settings);
    this.clock = this.newClock(false);
  }

  get loading(): boolean {
    return this.open > 0;
  }

  get stage(): Stage {
    return this.main.stage;
  }

  get trails(): PlaybackTrails {
    return this.main.trails;
  }

  /** A second picture beside the main one, by the same clock; give it back with {@link dropScene}. */
  addScene(): Scene {
    const scene = new Scene(...this.deps.origin);
    scene.stage.tintOf = this.tintOf;
    this.scenes.add(scene);
    return scene;
  }

  dropScene(scene: Scene): void {
    this.scenes.delete(scene);
  }

  /** What went wrong is no longer told; what reads goes on reading. */
  forgive(): void {
    this.error = null;
  }

  load(plan: PlaybackPlan): void {
    this.cancel();
    const requests = plan.sets.map((set) => set.request);
    const from = plan.from ?? requests[0]?.from ?? 0;
    const to = plan.to ?? requests[0]?.to ?? from;
    const sets = plan.sets.map((set) => ({ offsetMs: set.offsetMs ?? 0, from: set.request.from }));
    const { speed } = this.clock;
    this.error = null;
    this.book = new Book({ from, to }, sets, this.settings);
    const present =
      plan.live !== false && plan.sets.length === 1 && sets[0].offsetMs === 0 && to >= Date.now() - PRESENT_MS;
    this.clock = this.newClock(present);
    this.clock.setSpeed(speed);
    if (plan.at !== undefined) this.clock.seek(plan.at);
    for (const scene of this.scenes) scene.clear();
    this.feed ??= this.deps.feed?.() ?? new SignalRTracksFeed();
    this.isPresent = present;
    this.requests = requests;
    requests.forEach((request, set) => {
      this.readSet(request, set);
    });
    this.follow();
    this.teller.tell({ book: true, clock: true, state: true });
  }

  cancel(): void {
    for (const stop of this.stops) stop();
    this.stops.clear();
    this.turns.clear();
    this.open = 0;
    this.book.ends.forEach((end, set) => {
      if (!end) this.book.setOpen(set, false);
    });
    this.follow();
    this.teller.tell({ state: true });
  }

  readOn(): void {
    const { book } = this;
    this.requests.forEach((request, set) => {
      if (book.ends[set] || book.isOpen(set)) return;
      // Who was in an area is told by the whole of the time: what is there already is not taken twice.
      if (request.area) book.readAnew(set);
      this.readSet(request.area ? request : { ...request, from: Math.min(book.sentUntil(set), request.to - 1) }, set);
    });
    this.teller.tell({ book: true, state: true });
  }

  dispose(): void {
    this.cancel();
    this.teller.dispose();
    this.feed?.dispose();
    this.feed = null;
  }

  onChange(listener: (what: PlayerChange) => void): () => void {
    return this.teller.add(listener);
  }

  setSettings(settings: Partial<PlaybackSettings>): void {
    this.settings = { ...this.settings, ...settings };
    this.book.setSettings(this.settings);
    this.refresh();
    this.teller.tell({ book: true });
  }

  setJumps(set: number, worker: string, jumps: readonly Jump[]): void {
    if (!this.book.setJumps(set, worker, jumps)) return;
    this.refresh();
    this.teller.tell({ book: true });
  }

  /** Colours of rows on the map: 0 by presence, else a number of the map's palette. */
  setTints(tintOf: (row: number) => number): void {
    this.tintOf = tintOf;
    for (const scene of this.scenes) scene.stage.tintOf = tintOf;
    this.refresh();
  }

  /** Moves everything to the clock's time; true when a new picture is to be drawn. @param wallMs this screen's clock */
  frame(wallMs: number): boolean {
    const { stage, book, clock, settings } = this;
    if (clock.tick(wallMs)) this.teller.tell({ clock: true });
    this.tail?.see(wallMs);
    if (clock.live) this.tail?.follow(wallMs);
    const moved = this.main.update(book, clock.now, settings);
    this.uncounted ||= moved;
    // A picture that came too soon after the last count is counted later, also when nothing moves any more.
    if (!this.litAreas || !this.uncounted || wallMs - this.countedAt <= COUNT_EVERY_MS) return moved;
    this.countedAt = wallMs;
    this.uncounted = false;
    this.areaCounts = this.lights.count(stage, (row) => book.tracks[row].set === 0);
    return true;
  }

  positionsAt(ms = this.clock.now): TrackPosition[] {
    const stage = this.at(ms);
    return this.book.tracks.map((track) => this.position(stage, track.row));
  }

  positionOf(row: number, ms = this.clock.now): TrackPosition {
    return this.position(this.at(ms), row);
  }

  fixUnder(row: number, ms = this.clock.now): FixView | null {
    const track = this.book.tracks[row];
    return track ? this.fixAt(row, nearestFix(track, ms)) : null;
  }

  fixAt(row: number, index: number): FixView | null {
    const track = this.book.tracks[row];
    return track && index >= 0 && index < track.length ? viewOf(track, index) : null;
  }

  stepFix(direction: 1 | -1, row: number | null = null): void {
    const tracks = row === null ? this.book.tracks : this.book.tracks.slice(row, row + 1);
    const ms = neighbourFix(tracks, this.clock.now, direction);
    this.clock.pause();
    if (ms !== null) this.clock.seek(ms);
  }

  histogram(bins: number, from = this.book.interval.from, to = this.book.interval.to): Histogram {
    const parts = Math.min(10_000, Math.max(1, Math.floor(bins)));
    return this.activity.count(this.book.tracks, from, to, parts, this.settings.movingMps);
  }

  lanes(rows: readonly number[]): Lane[] {
    const known = rows.filter((row) => this.book.tracks[row] !== undefined);
    return known.map((row) => laneOf(this.book.drawn(row), this.settings.movingMps));
  }

  near(longitude: number, latitude: number, meters: number, ms: number): { row: number; meters: number }[] {
    const stage = this.at(ms);
    const east = Math.cos((latitude * Math.PI) / 180);
    const found: { row: number; meters: number }[] = [];
    for (const { row } of this.book.tracks) {
      if (stage.place(row, 0, 0) === null) continue;
      const [lon, lat] = stage.degrees(row);
      const far = Math.hypot((lon - longitude) * east, lat - latitude) * METERS_PER_DEGREE;
      if (far <= meters) found.push({ row, meters: far });
    }
    return found.sort((a, b) => a.meters - b.meters);
  }

  setAreas(areas: readonly AreaShape[]): void {
    this.lights.setAreas(areas);
    this.litAreas = areas.length > 0;
    this.countedAt = 0;
    this.uncounted = true;
    this.areaCounts = new Map();
    this.refresh();
  }

  private refresh(): void {
    for (const scene of this.scenes) scene.refresh();
    this.probe.refresh();
  }

  private at(ms: number): Stage {
    this.probe.hidden.clear();
    this.probe.update(this.book, ms, this.settings.movingMps);
    return this.probe;
  }

  private position(stage: Stage, row: number): TrackPosition {
    const track = this.book.tracks[row] && this.book.drawn(row);
    const state = stage.state(row);
    const [longitude, latitude] = stage.degrees(row);
    const fix = stage.fix(row);
    const speed = track && fix >= 0 ? track.speed[fix] : Unknown.speed;
    const heading = track && fix >= 0 ? track.heading[fix] : Unknown.heading;
    return {
      row,
      name: track?.name ?? null,
      state,
      longitude,
      latitude,
      headingDegrees: heading === Unknown.heading ? null : heading / 10,
      speedMps: speed === Unknown.speed ? null : speed / 100,
      fix,
    };
  }

  private newClock(reaches: boolean): Clock {
    const { book } = this;
    const { from, to } = book.interval;
    return new Clock(
      from,
      to,
      () => book.loadedUntil,
      () => reaches && book.ends.every((end) => end !== null),
      () => !book.isUnread,
      () => this.teller.tell({ clock: true }),
    );
  }

  private readSet(request: TrackRequest, set: number): void {
    this.open++;
    this.book.setOpen(set, true);
    this.read(request, set, () => {
      this.open--;
      if (!this.book.ends[set]) this.book.setOpen(set, false);
      else if (this.isPresent) this.endNow(this.book.ends[0]?.complete ?? request.to);
      this.teller.tell({ book: true, state: true });
    });
  }

  /** What came since the end is asked for while the replay stands there. */
  private follow(): void {
    const { clock, book } = this;
    const [request] = this.requests;
    this.tail = null;
    if (!this.isPresent || !request) return;
    this.tail = new LiveTail(
      request,
      () => book.ends[0],
      (more, done) => this.read(more, 0, done),
      (until, behindMs) => {
        book.extend(until);
        clock.extend(until, behindMs);
      },
    );
  }

  /** An interval asked for into the future ends where the present was when it was answered; from there the replay runs on live. */
  private endNow(complete: number): void {
    this.book.interval = { ...this.book.interval, to: Math.min(this.book.interval.to, complete) };
    this.clock.to = Math.min(this.clock.to, complete);
  }

  private read(request: TrackRequest, set: number, done: () => void): void {
    const { book, feed, turns } = this;
    let stop: (() => void) | undefined;
    const ended = () => {
      if (stop) this.stops.delete(stop);
      done();
    };
    stop = feed?.read(request, {
      part: (part: TrackPart) =>
        turns.add(book.take(set, part), () => {
          this.teller.tell({ book: true });
          if (this.error?.set === set) {
            this.error = null;
            this.teller.tell({ state: true });
          }
          if (part.end) ended();
        }),
      failed: (status, reason, code) => {
        this.error = { set, status, reason, code };
        ended();
        this.teller.tellNow({ state: true });
      },
    });
    if (stop) this.stops.add(stop);
  }
}
