import type { TrackEnd, TrackRequest } from "../../wire/contracts.gen";

/** A replay that has run into the present asks so often for what has come since. Each asking is on the audit trail. */
const ASK_EVERY_MS = 10_000;
/** Of an area each asking is a row for everybody in it. */
const ASK_AREA_EVERY_MS = 60_000;
/** Phones send late: so much before what was complete is asked for again. */
const OVERLAP_MS = 60_000;

/** Keeps the end of an interval at the present, by asking again for what came since. */
export class LiveTail {
  private askedAt = Number.NEGATIVE_INFINITY;
  private asking = false;
  private known: TrackEnd | null = null;
  private knownAt = 0;
  /** Up to here the tail has been read; before the first asking it is the request's own end. */
  private covered: number | null = null;

  constructor(
    private readonly request: TrackRequest,
    private readonly end: () => TrackEnd | null,
    private readonly read: (request: TrackRequest, done: () => void) => void,
    private readonly extend: (until: number) => void,
  ) {}

  /** While the replay stands at the end. @param wallMs this screen's clock */
  follow(wallMs: number): void {
    const end = this.end();
    if (!end || this.asking) return;
    if (end !== this.known) {
      this.known = end;
      this.knownAt = wallMs;
    }
    if (wallMs - this.askedAt < (this.request.area ? ASK_AREA_EVERY_MS : ASK_EVERY_MS)) return;
    this.askedAt = wallMs;
    this.asking = true;
    // The server's clock as it must stand now.
    const to = end.complete + Math.max(0, wallMs - this.knownAt);
    const from = Math.max(this.request.from, Math.min(this.covered ?? this.request.to, end.complete) - OVERLAP_MS);
    this.read({ ...this.request, from, to: Math.max(to, from + 1) }, () => {
      this.asking = false;
      const now = this.end();
      if (now && now !== this.known) {
        this.covered = Math.min(to, now.complete);
        this.extend(this.covered);
      }
    });
  }
}
