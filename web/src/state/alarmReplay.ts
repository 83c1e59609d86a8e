import type { TrackSettings } from "../wire/contracts.gen";
import type { TracksFeed } from "../wire/tracksFeed";
import type { AlarmSpan } from "./alarmSpan";
import type { Place } from "./measure";
import { linesOf } from "./playback/lines";
import { TrackPlayer } from "./playback/player";
import { gapSettings } from "./playback/settings";
import type { Lane, TrackColumns, TrackState } from "./playback/types";

/** Whose track, and why somebody looks. */
export interface ReplayPlan extends AlarmSpan {
  worker: string;
  /** For the audit trail. */
  reason: string;
  /** Somewhere near, degrees. */
  origin: [longitude: number, latitude: number];
}

export interface ReplayDeps {
  feed?: () => TracksFeed;
  /** The server's thresholds of a gap; without them the usual ones hold. */
  settings(): Promise<TrackSettings>;
}

/** A stretch of the scrubber. `silent`: nothing was heard, which is never "absent"; `aside`: what was heard is not believed. */
export interface ReplayPart {
  kind: "heard" | "silent" | "aside";
  from: number;
  to: number;
}

/** How the reading stands. `none`: all was read and nobody was heard. */
export type ReplayStand = "loading" | "ready" | "none" | "refused" | "busy" | "failed" | "signedOut";

export interface ReplayPlace {
  state: TrackState;
  longitude: number;
  latitude: number;
}

/** Seconds of the past in one of the present. */
export const REPLAY_SPEEDS = [1, 5, 10, 30, 60] as const;
const FIRST_SPEED = 10;
/** As long before its first fix a phone is drawn there; as Stage has it. */
const LEAD = 1.5;

/**
 * What somebody did before an alarm, in true time: the engine of the page that looks back with one track in it. It reads once, as the audit trail says, and follows nobody into the present,
 * which is on the map already.
 */
export class AlarmReplay {
  readonly player: TrackPlayer;
  private isOver = false;
  private hasBegun = false;

  constructor(
    private readonly plan: ReplayPlan,
    private readonly deps: ReplayDeps,
  ) {
    this.player = new TrackPlayer({ origin: plan.origin, feed: deps.feed });
  }

  /** Reads, and plays as soon as there is something to play. @param play false: it waits for a hand */
  load(play: boolean): void {
    const { worker, reason, from, to } = this.plan;
    const request = { workers: [worker], area: null, from, to, reason, case: null };
    this.player.load({ sets: [{ request }], live: false });
    this.player.clock.setSpeed(FIRST_SPEED);
    if (play) this.player.clock.play();
    this.deps.settings().then(
      (told) => !this.isOver && this.player.setSettings(gapSettings(told)),
      () => {}, // The usual thresholds hold.
    );
  }

  /** Once more, from where it broke off. */
  again(): void {
    this.player.forgive();
    this.player.readOn();
  }

  /** Moves on with the screen's clock; true when there is something new to draw. */
  frame(wallMs: number): boolean {
    if (!this.hasBegun && this.player.book.ends[0]) this.begin();
    return this.player.frame(wallMs);
  }

  get stand(): ReplayStand {
    const { error, book } = this.player;
    if (book.ends[0]) return this.track && this.track.length > 0 ? "ready" : "none";
    if (!error) return "loading";
    if (error.status === 401) return "signedOut";
    if (error.status === 403 || error.status === 404) return "refused";
    return error.status === 429 ? "busy" : "failed";
  }

  /** Stored stretches could not be read: a silence may be theirs. */
  get isDamaged(): boolean {
    return (this.player.book.ends[0]?.unreadable ?? 0) > 0;
  }

  /** Where the worker was at the clock's time. */
  get place(): ReplayPlace {
    const { track } = this;
    if (track) return this.player.positionOf(track.row);
    const state = this.player.book.ends[0] ? "noData" : "loading";
    return { state, longitude: Number.NaN, latitude: Number.NaN };
  }

  /** All of the interval, in order of time; empty until everything has come. */
  parts(): ReplayPart[] {
    if (!this.player.book.ends[0]) return [];
    const { track } = this;
    return partsOf(track, track && this.player.lanes([track.row])[0], this.plan);
  }

  /** The whole way, without what lies across silences. */
  way(): Place[][] {
    const { track } = this;
    return track ? linesOf(this.player.book.drawn(track.row)).solid : [];
  }

  /** The way up to the clock's time. */
  walked(): Place[][] {
    const { track, place } = this;
    if (!track) return [];
    const isThere = place.state === "moving" || place.state === "still";
    const drawn = this.player.book.drawn(track.row);
    return walkedOf(drawn, this.player.clock.now, isThere ? [place.longitude, place.latitude] : null);
  }

  /** Nothing is read, told or moved afterwards. */
  dispose(): void {
    this.isOver = true;
    this.player.dispose();
  }

  /** Everything has come: it begins where something is known, and where nothing is it does not run. */
  private begin(): void {
    this.hasBegun = true;
    const { clock } = this.player;
    const [first, next] = this.parts();
    if (!this.track) clock.pause();
    else if (first.kind === "silent" && next && clock.now === first.from) clock.seek(first.to);
  }

  private get track(): TrackColumns | undefined {
    return this.player.book.find(0, this.plan.worker);
  }
}

/** What is known of a track over an interval; a phone is known to be at its last fix until the end, unless that is a gap. */
export function partsOf(
  track: TrackColumns | undefined,
  lane: Lane | undefined,
  { from, to }: Pick<AlarmSpan, "from" | "to">,
): ReplayPart[] {
  const parts: ReplayPart[] = [];
  const add = (kind: ReplayPart["kind"], start: number, end: number) => {
    const [first, until] = [Math.max(from, start), Math.min(to, end)];
    if (until <= first) return;
    const last = parts.at(-1);
    if (last?.kind === kind) last.to = until;
    else parts.push({ kind, from: first, to: until });
  };
  if (!track || track.length === 0) {
    add("silent", from, to);
    return parts;
  }
  const first = track.at[0];
  const last = track.at[track.length - 1];
  const lead = Number.isNaN(track.medianMs) ? 0 : LEAD * track.medianMs;
  add("silent", from, first - lead);
  add("heard", first - lead, first);
  for (const { kind, from: start, to: end } of lane?.spans ?? [])
    add(kind === "gap" ? "silent" : kind === "aside" ? "aside" : "heard", start, end);
  add(to - last > track.gapMs ? "silent" : (parts.at(-1)?.kind ?? "heard"), last, to);
  return parts;
}

/** The lines from the first fix to a moment, none across a gap. @param tip where the marker is, null where there is none */
export function walkedOf(
  track: TrackColumns & { isGap(i: number): boolean },
  now: number,
  tip: Place | null,
): Place[][] {
  const lines: Place[][] = [[]];
  for (let i = 0; i < track.length && track.at[i] <= now; i++) {
    lines.at(-1)?.push([track.longitudeE7[i] / 1e7, track.latitudeE7[i] / 1e7]);
    if (i + 1 < track.length && track.isGap(i)) lines.push([]);
  }
  if (tip) lines.at(-1)?.push(tip);
  return lines.filter((line) => line.length > 1);
}
