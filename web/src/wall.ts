import type { Bounds } from "./state/areas";
import { ServerClock } from "./state/clock";
import { AreaCounts } from "./state/counts";
import { spacing } from "./state/declutter";
import { type Freshness, freshness, type Link } from "./state/freshness";
import { Motion } from "./state/motion";
import { nextBounds } from "./state/scope";
import { Trails } from "./state/trails";
import { WorkerStore } from "./state/workers";
import type { AlarmNews, WallFrame } from "./wire/contracts.gen";
import type { AlarmEvents, FeedEvents, WallFeed } from "./wire/wallFeed";

/** Aggregates reach the page at most this often; positions never do. */
const TELL_EVERY_MS = 250;
/** A glide never lasts longer than this, however rarely frames come. */
const LONGEST_GLIDE_SECONDS = 2;
/** Drawing slower than this (software graphics) shows steps instead of glides, to leave the machine some air. */
const SLOW_FRAME_MS = 90;

/** Ages fade markers even while nobody moves. */
const FADE_EVERY_MS = 1000;

/** What panels show; a new object each time, so that a shallow ref notices. */
export interface Figures {
  link: Link;
  reason: string | null;
  freshness: Freshness;
  /** Server time in ms; the ages on the page count back from it. */
  now: number;
  countsVersion: number;
  shown: number;
  crowded: boolean;
  /** True once a frame has told what there is, so that "nobody" is an answer and not a gap. */
  known: boolean;
}

export interface WallDeps {
  area: string;
  whole: Bounds | null;
  origin: [longitude: number, latitude: number];
  feed(events: FeedEvents): WallFeed;
  /** The alarm lane: handed on as it comes, not with the animation frame, so that a hidden page rings. */
  alarms?: AlarmEvents;
  /** Draws the map. Called from the one animation frame, only when something moved. */
  draw(): void;
  tell(figures: Figures): void;
  reducedMotion(): boolean;
}

/** The running wall: takes frames from the wire, keeps the state, decides when to draw and when to tell the panels. */
export class Wall {
  readonly workers = new WorkerStore();
  readonly counts = new AreaCounts();
  readonly motion: Motion;
  readonly trails: Trails;
  readonly clock = new ServerClock();

  private readonly feed: WallFeed;
  private link: Link = "connecting";
  private reason: string | null = null;
  private lastFrameAt: number | null = null;
  private lastFrame: { epoch: string; tick: number } | null = null;
  private known = false;
  private crowded = false;
  private bounds: Bounds | null = null;
  private undrawn: number[] = [];
  private drawn: number[] = [];
  private intervalSeconds = 1;
  private slowness = 0;
  private lastFlushAt = 0;
  private lastDrawAt = 0;
  private flushedWhen = Date.now();
  private request = 0;
  private readonly teller: ReturnType<typeof setInterval>;

  constructor(private readonly deps: WallDeps) {
    this.motion = new Motion(deps.origin[0], deps.origin[1]);
    this.trails = new Trails(deps.origin[0], deps.origin[1]);
    this.feed = deps.feed({
      frame: (frame) => this.take(frame),
      link: (link, reason) => this.linked(link, reason),
      alarms: deps.alarms && { ...deps.alarms, news: (news) => this.heard(news) },
    });
    this.feed.watch({ area: deps.area, bounds: null });
    this.teller = setInterval(() => this.tell(), TELL_EVERY_MS);
    this.request = requestAnimationFrame(this.flush);
  }

  /** Server time in seconds, the markers' clock. */
  readonly now = (): number => this.clock.now(Date.now()) / 1000;

  readonly glideSeconds = (): number =>
    this.deps.reducedMotion() || this.slowness > 20 ? 0 : Math.min(LONGEST_GLIDE_SECONDS, this.intervalSeconds);

  /** World units between neighbours, as if all were spread evenly. */
  readonly spacing = (): number => spacing(this.deps.whole, this.workers.shown);

  /** The page's animation frame last ran at this time (ms, this screen's clock). */
  get flushedAt(): number {
    return this.flushedWhen;
  }

  /** The tick of the newest frame taken over. */
  get tick(): number | null {
    return this.lastFrame?.tick ?? null;
  }

  get epoch(): string | null {
    return this.lastFrame?.epoch ?? null;
  }

  get linkState(): Link {
    return this.link;
  }

  /** The map's view settled: a crowded wall asks for what is in it. */
  viewed(view: Bounds): void {
    const next = nextBounds(view, this.bounds, this.crowded, this.deps.whole);
    if (next === "keep") return;
    this.bounds = next;
    this.feed.watch({ area: this.deps.area, bounds: next });
  }

  /** This version of the alarm stands on the screen. */
  alarmShown(id: string, version: number): void {
    this.feed.alarmShown(id, version);
  }

  stop(): void {
    cancelAnimationFrame(this.request);
    clearInterval(this.teller);
    this.feed.stop();
  }

  private heard(news: AlarmNews): void {
    this.clock.observe(news.time, Date.now());
    this.deps.alarms?.news(news);
    this.tell();
  }

  private take(frame: WallFrame): void {
    const at = Date.now();
    this.clock.observe(frame.time, at);
    if (this.lastFrameAt !== null && at - this.lastFrameAt < 5000) {
      this.intervalSeconds += ((at - this.lastFrameAt) / 1000 - this.intervalSeconds) * 0.2;
    }
    this.lastFrameAt = at;
    this.lastFrame = { epoch: frame.epoch, tick: frame.tick };
    this.workers.apply(frame);
    if (frame.counts) this.counts.apply(frame.counts);
    this.crowded = frame.crowded;
    this.known = true;
    this.undrawn.push(frame.tick);
  }

  private linked(link: Link, reason: string | null): void {
    const changed = link !== this.link;
    this.link = link;
    if (reason !== null || link === "connected") this.reason = reason;
    if (changed) this.tell();
  }

  private readonly flush = (at: number): void => {
    // What was handed to the map in the last flush is on the screen now.
    for (const tick of this.drawn) this.feed.shown(tick);
    this.drawn = this.undrawn;
    this.undrawn = [];
    const now = this.now();
    const gliding = now < this.motion.glidesUntil + 0.1;
    const changed = this.workers.drainChanged();
    if (changed.length > 0) {
      this.motion.update(this.workers, changed, now, this.glideSeconds());
      this.trails.update(this.workers, changed, now);
    }
    if (changed.length > 0 || gliding || at - this.lastDrawAt > FADE_EVERY_MS) {
      this.lastDrawAt = at;
      this.deps.draw();
    }
    this.measure(at - this.lastFlushAt, gliding);
    this.lastFlushAt = at;
    this.flushedWhen = Date.now();
    this.request = requestAnimationFrame(this.flush);
  };

  /** Many slow frames in a row end gliding; it is tried again after a minute or so without. */
  private measure(took: number, gliding: boolean): void {
    const step = gliding ? (took > SLOW_FRAME_MS ? 1 : -0.5) : -0.01;
    this.slowness = Math.max(0, Math.min(60, this.slowness + step));
  }

  private tell(): void {
    const local = Date.now();
    this.deps.tell({
      link: this.link,
      reason: this.reason,
      freshness: freshness(this.link, this.lastFrameAt, local),
      now: this.clock.now(local),
      countsVersion: this.counts.version,
      shown: this.workers.shown,
      crowded: this.crowded,
      known: this.known,
    });
  }
}
