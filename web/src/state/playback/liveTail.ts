import type { TrackEnd, TrackRequest } from "../../wire/contracts.gen";

/** A replay that has run into the present asks so often for what has come since: on the audit trail it is one following of each worker. */
const ASK_EVERY_MS = 10_000;
/** Of an area each asking reads everybody in it. */
const ASK_AREA_EVERY_MS = 60_000;
/** Phones send late: so much before what was complete is asked for again. */
const OVERLAP_MS = 60_000;
/** After a pause more than this is asked for in pieces: the server bounds what one asking may span. */
const PIECE_MS = 3_600_000;

/** Keeps the end of an interval at the present, by asking again for what came since. */
export class LiveTail {
  private readonly everyMs: number;
  private askedAt = Number.NEGATIVE_INFINITY;
  private asking = false;
  private known: TrackEnd | null = null;
  private knownAt = 0;
  /** Up to here the tail has been read; before the first asking it is the request's own end. */
  private covered: number | null = null;

  /** @param extend takes the new end, and how far behind it a replay stands that is at the present */
  constructor(
    private readonly request: TrackRequest,
    private readonly end: () => TrackEnd | null,
    private readonly read: (request: TrackRequest, done: () => void) => void,
    private readonly extend: (until: number, behindMs: number) => void,
  ) {
    this.everyMs = request.area ? ASK_AREA_EVERY_MS : ASK_EVERY_MS;
  }

  /** With each picture, so that it is known when an answer came. @param wallMs this screen's clock */
  see(wallMs: number): void {
    const end = this.end();
    if (end === this.known) return;
    this.known = end;
    this.knownAt = wallMs;
  }

  /** While the replay stands at the end. @param wallMs this screen's clock */
  follow(wallMs: number): void {
    const end = this.known;
    if (!end || this.asking || wallMs - this.askedAt < this.everyMs) return;
    this.askedAt = wallMs;
    this.asking = true;
    // The server's clock as it must stand now.
    const present = end.complete + Math.max(0, wallMs - this.knownAt);
    const from = Math.max(this.request.from, Math.min(this.covered ?? this.request.to, end.complete) - OVERLAP_MS);
    const to = Math.max(Math.min(present, from + PIECE_MS), from + 1);
    this.read({ ...this.request, from, to }, () => {
      this.asking = false;
      const now = this.end();
      if (!now || now === end) return;
      this.covered = Math.min(to, now.complete);
      // It plays on through what has come until the next asking, and is never further behind than that.
      this.extend(this.covered, this.everyMs);
      if (to < present) this.askedAt = Number.NEGATIVE_INFINITY;
    });
  }
}
