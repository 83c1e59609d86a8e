import type { CoverageCellTrack } from "../../wire/contracts.gen";
import { MOST_WORKERS, readPlayback, writePlayback } from "../playback/playbackView";

/** Room before and after, so that one sees how somebody came and where they went. */
const AROUND_MS = 5 * 60_000;

/** The address of a replay of these tracks over the time that they take together; no more people than one replay shows. */
export function playbackOf(tracks: readonly CoverageCellTrack[], language: string): string {
  const workers = [...new Set(tracks.map((track) => track.worker))].slice(0, MOST_WORKERS);
  const from = Math.min(...tracks.map((track) => Date.parse(track.from))) - AROUND_MS;
  const to = Math.max(...tracks.map((track) => Date.parse(track.to))) + AROUND_MS;
  const at = Math.min(...tracks.map((track) => Date.parse(track.from)));
  return `/playback${writePlayback({ ...readPlayback(""), workers, span: { from, to }, at, language })}`;
}
