/** Without a frame for this long the picture is called old, connected or not. */
export const STALE_AFTER_MS = 3000;

/** What the wire says about the connection. */
export type Link = "connecting" | "connected" | "lost" | "signedOut";

/** waiting: no picture yet; live: up to date; stale: connected but silent; lost: not connected, the picture is old. */
export type Freshness = { state: "waiting" | "live" | "stale" | "lost"; sinceMs: number | null };

/**
 * How far the picture can be trusted.
 * @param lastFrameAt local ms at which the last frame came, null before the first
 * @param now local ms
 */
export function freshness(link: Link, lastFrameAt: number | null, now: number): Freshness {
  if (lastFrameAt === null) return { state: link === "lost" ? "lost" : "waiting", sinceMs: null };
  const age = now - lastFrameAt;
  if (link === "connected") return { state: age > STALE_AFTER_MS ? "stale" : "live", sinceMs: lastFrameAt };
  // A short break that heals within the limit is not worth a bar across the wall.
  return { state: age > STALE_AFTER_MS ? "lost" : "live", sinceMs: lastFrameAt };
}
