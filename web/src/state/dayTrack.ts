import type { WorkerTrack } from "../wire/contracts.gen";
import type { Place } from "./measure";
import { midnightBefore } from "./zone";

const DAY_MS = 86_400_000;

/** A stretch of the day bar, as shares of the center's day. */
export interface DayPart {
  kind: "track" | "gap";
  from: number;
  to: number;
  fromMs: number;
  toMs: number;
}

/** Lines of a track: what was reported, and straight across where nothing was. */
export interface TrackLines {
  solid: Place[][];
  gaps: Place[][];
}

interface Gap {
  from: number;
  to: number;
}

const gapsOf = (track: WorkerTrack): Gap[] =>
  track.gaps
    .map((gap) => ({ from: Date.parse(gap.from), to: Date.parse(gap.to) }))
    .filter((gap) => gap.to > gap.from)
    .sort((a, b) => a.from - b.from);

/** The day bar's parts in order of time, and nothing beyond the track's last fix. */
export function dayParts(track: WorkerTrack): DayPart[] {
  const { at } = track;
  if (at.length === 0) return [];
  const midnight = midnightBefore(Date.parse(track.to) || at[at.length - 1]);
  const parts: DayPart[] = [];
  const add = (kind: DayPart["kind"], fromMs: number, toMs: number) => {
    const from = share(fromMs - midnight);
    const to = share(toMs - midnight);
    if (to > from || kind === "track") parts.push({ kind, from, to, fromMs, toMs });
  };
  let start = at[0];
  for (const gap of gapsOf(track)) {
    if (gap.from > start) add("track", start, gap.from);
    add("gap", gap.from, gap.to);
    start = Math.max(start, gap.to);
  }
  const end = at[at.length - 1];
  if (end >= start) add("track", start, end);
  return parts;
}

export function trackLines(track: WorkerTrack): TrackLines {
  const gaps = gapsOf(track);
  const solid: Place[][] = [];
  const across: Place[][] = [];
  let line: Place[] = [];
  let next = 0;
  track.at.forEach((ms, i) => {
    const place: Place = [track.longitudeE7[i] / 1e7, track.latitudeE7[i] / 1e7];
    while (next < gaps.length && gaps[next].to <= track.at[0]) next++;
    const last = line.at(-1);
    if (last && next < gaps.length && ms >= gaps[next].to) {
      solid.push(line);
      across.push([last, place]);
      line = [];
      while (next < gaps.length && ms >= gaps[next].to) next++;
    }
    line.push(place);
  });
  if (line.length > 0) solid.push(line);
  return { solid: solid.filter((points) => points.length > 1), gaps: across };
}

const share = (ms: number): number => Math.min(1, Math.max(0, ms / DAY_MS));
