import type { Track } from "./track";
import { FixFlag, type FixView, Unknown } from "./types";

/** One fix for people. */
export function viewOf(track: Track, index: number): FixView {
  const known = (value: number, unknown: number, scale: number) => (value === unknown ? null : value / scale);
  const bits = track.flags[index];
  return {
    row: track.row,
    index,
    name: track.name,
    fixAt: track.at[index],
    ms: track.at[index] + track.offsetMs,
    longitude: track.longitudeE7[index] / 1e7,
    latitude: track.latitudeE7[index] / 1e7,
    speedMps: known(track.speed[index], Unknown.speed, 100),
    headingDegrees: known(track.heading[index], Unknown.heading, 10),
    accuracyMeters: known(track.accuracy[index], Unknown.accuracy, 10),
    altitudeMeters: known(track.altitude[index], Unknown.altitude, 1),
    batteryPercent: known(track.battery[index], Unknown.battery, 1),
    flags: (Object.keys(FixFlag) as (keyof typeof FixFlag)[]).filter((name) => bits & FixFlag[name]),
    device: track.device[index],
    aside: track.asideOf(index),
  };
}

/** Number of the fix nearest to a clock time; -1 without any. */
export function nearestFix(track: Track, ms: number): number {
  const own = ms - track.offsetMs;
  const i = track.indexAt(own);
  if (i < 0) return track.length > 0 ? 0 : -1;
  return i + 1 < track.length && track.at[i + 1] - own < own - track.at[i] ? i + 1 : i;
}

/** Clock time of the next or the previous fix among tracks; null at the ends. */
export function neighbourFix(tracks: readonly Track[], ms: number, direction: 1 | -1): number | null {
  let best: number | null = null;
  for (const track of tracks) {
    const own = ms - track.offsetMs;
    let i = track.indexAt(own);
    if (direction === 1) i++;
    else while (i >= 0 && track.at[i] >= own) i--;
    if (i < 0 || i >= track.length) continue;
    const at = track.at[i] + track.offsetMs;
    if (best === null || (at - best) * direction < 0) best = at;
  }
  return best;
}
