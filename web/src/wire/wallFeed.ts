import type { Bounds } from "../state/areas";
import type { Link } from "../state/freshness";
import type { WallFrame } from "./contracts.gen";

/** What a wall asks to see. */
export interface Scope {
  area: string;
  /** Null: the whole area. */
  bounds: Bounds | null;
}

export interface FeedEvents {
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
  stop(): void;
}
