import type { TrackLines } from "../dayTrack";
import type { Place } from "../measure";
import { metersBetween } from "./spans";
import type { Track } from "./track";

/** Nearer to the last point than this adds nothing to be seen. */
const STEP_METERS = 3;
/** Points of one line; a longer one is drawn coarser. */
const MOST_POINTS = 20_000;

/** The whole track as lines, and straight across where nothing is known. */
export function linesOf(track: Track): TrackLines {
  for (let step = STEP_METERS; ; step *= 2) {
    const lines = linesBy(track, step);
    if (step > 1000 || lines.solid.reduce((sum, line) => sum + line.length, 0) <= MOST_POINTS) return lines;
  }
}

function linesBy(track: Track, step: number): TrackLines {
  const solid: Place[][] = [];
  const gaps: Place[][] = [];
  const place = (i: number): Place => [track.longitudeE7[i] / 1e7, track.latitudeE7[i] / 1e7];
  let line: Place[] = [];
  let kept = 0;
  for (let i = 0; i < track.length; i++) {
    const ends = i === track.length - 1 || track.isGap(i);
    if (line.length === 0 || ends || metersBetween(track, kept, i) >= step) {
      line.push(place(i));
      kept = i;
    }
    if (!ends) continue;
    if (line.length > 1) solid.push(line);
    line = [];
    if (i < track.length - 1) gaps.push([place(i), place(i + 1)]);
  }
  return { solid, gaps };
}

/** A circle of some metres as a ring of places. */
export function circle(longitude: number, latitude: number, meters: number, points = 48): Place[] {
  const high = meters / 111_195;
  const wide = high / Math.cos((latitude * Math.PI) / 180);
  return Array.from({ length: points + 1 }, (_, i) => {
    const turn = (i % points) * ((2 * Math.PI) / points);
    return [longitude + wide * Math.sin(turn), latitude + high * Math.cos(turn)];
  });
}
