import type { Bounds } from "../state/areas";
import type { Link } from "../state/freshness";
import type { AlarmNews, WallFrame } from "./contracts.gen";

/** What a wall asks to see. */
export interface Scope {
  area: string;
  /** Null: the whole area. */
  bounds: Bounds | null;
}

/** The alarm lane beside the picture. */
export interface AlarmEvents {
  news(news: AlarmNews): void;
  /** lost: alarms do not come now, whatever the picture does. @param reason what the server said to it, if anything */
  lane(lane: "open" | "lost", reason: string | null): void;
}

export interface FeedEvents {
  /** Left out: the alarms are not asked for. */
  alarms?: AlarmEvents;
  frame(frame: WallFrame): void;
  /** @param reason why, for signedOut and a refused watch; null otherwise */
  link(link: Link, reason: string | null): void;
}

/** A stream of frames that survives everything but being signed out. */
export interface WallFeed {
  /** Starts, or changes what is watched. */
  watch(scope: Scope): void;
  /** The frame of this tick has been drawn; the server keeps at most two frames ahead of this. */
  shown(tick: number): void;
  /** This version of the alarm stands on the screen. */
  alarmShown(id: string, version: number): void;
  stop(): void;
}
