import type { TrackSettings } from "../../wire/contracts.gen";
import type { PlaybackSettings } from "./types";

/** The server's thresholds of a gap, as the engine counts: without them the page would hatch other silences than the summary lists. */
export const gapSettings = (
  told: Pick<TrackSettings, "gapSeconds" | "gapIntervals" | "trackEndSeconds">,
): Pick<PlaybackSettings, "gapMs" | "gapFactor" | "trackEndMs"> => ({
  gapMs: told.gapSeconds * 1000,
  gapFactor: told.gapIntervals,
  trackEndMs: told.trackEndSeconds * 1000,
});
