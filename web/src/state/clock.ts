/**
 * The server's clock as seen from here. A kiosk's own clock may be wrong by minutes, and ages must not be.
 * Frames arrive late, never early, so the largest difference seen lately is the nearest to the truth.
 */
export class ServerClock {
  private offset: number | null = null;

  /** @param serverMs the frame's time @param localMs when it arrived here */
  observe(serverMs: number, localMs: number): void {
    const seen = serverMs - localMs;
    if (this.offset === null || seen > this.offset || this.offset - seen > 5000) this.offset = seen;
    else this.offset += (seen - this.offset) * 0.01;
  }

  /** Server time in ms since 1970 UTC; the local clock until the first frame. */
  now(localMs: number): number {
    return localMs + (this.offset ?? 0);
  }
}
