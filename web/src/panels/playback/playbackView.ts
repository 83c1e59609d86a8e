import { isStyleChoice, type StyleChoice } from "../../state/dayNight";
import type { TrackSettings } from "../../wire/contracts.gen";
import { daysOf, shiftBy, spanOf } from "./spans";
import type { Span } from "./timelineScale";

export const SPEEDS = [1, 2, 5, 10, 30, 60, 120, 300, 600] as const;
export const TRAIL_SECONDS = [0, 60, 300, 900, 3600] as const;
/** As many lanes as a screen can show and a person can follow. */
export const MOST_WORKERS = 20;

/** What the server answers at once, as it told; it has the last word, and its own words when it refuses. */
export type ReadLimits = Pick<TrackSettings, "maxWorkerHours" | "maxAreaHours">;

/** Hours of one replay of so many people; two days compared are two reads. */
export const mostHours = ({ maxWorkerHours }: ReadLimits, workers: number): number =>
  Math.floor(maxWorkerHours / Math.max(1, workers));

/** What is replayed: some workers, or everyone who was in an area. */
export interface Choice {
  workers: string[];
  area: string | null;
}

/** A replay of these people alone, the nearest or first of them, over the time that is replayed now: also the part of it that came live. */
export const onlyThese = (
  plan: { span: Span },
  to: number,
  codes: readonly string[],
): Choice & { span: Span; shift: number } => ({
  workers: codes.slice(0, MOST_WORKERS),
  area: null,
  span: { from: plan.span.from, to: Math.max(plan.span.to, to) },
  shift: 0,
});

/** What the address bar remembers of a replay. The reason is not in it: whoever opens a shared link says why anew. */
export interface PlaybackView extends Choice {
  /** People whom the address names beyond what can be replayed at once. */
  cut: number;
  span: Span | null;
  /** The second day of a comparison: how many ms from the first. In the address it is days of the calendar. */
  shift: number;
  at: number | null;
  speed: number;
  follow: string | null;
  /** Two people or two days beside each other, not on one map. */
  beside: boolean;
  trailSeconds: number;
  /** Without the fixes that cleaning sets aside; false: the raw view. */
  clean: boolean;
  /** Both ends of the stretch that is repeated. */
  loop: Span | null;
  longitude: number | null;
  latitude: number | null;
  zoom: number | null;
  language: string | null;
  style: StyleChoice | null;
  basemap: string | null;
}

export function readPlayback(search: string): PlaybackView {
  const query = new URLSearchParams(search);
  const from = moment(query.get("from"));
  const to = moment(query.get("to"));
  const span = from !== null && to !== null && to > from ? { from, to } : null;
  const loop = (query.get("loop") ?? "").split("/").map(moment);
  const workers = [...new Set((query.get("workers") ?? "").split(",").filter((code) => /^[^\s,]{1,64}$/.test(code)))];
  const place = (query.get("map") ?? "").split(",").map((part) => (part === "" ? Number.NaN : Number(part)));
  const isPlace =
    place.length === 3 &&
    place.every(Number.isFinite) &&
    Math.abs(place[0]) <= 180 &&
    Math.abs(place[1]) <= 85 &&
    place[2] >= 0 &&
    place[2] <= 24;
  const speed = Number(query.get("speed"));
  const trail = query.get("trail");
  const style = query.get("style");
  const basemap = query.get("basemap") ?? "";
  const days = Number(query.get("day2") ?? 0);
  return {
    workers: workers.slice(0, MOST_WORKERS),
    area: workers.length > 0 ? null : query.get("area") || null,
    cut: Math.max(0, workers.length - MOST_WORKERS),
    span,
    shift:
      Number.isInteger(days) && days !== 0 && Math.abs(days) <= 800
        ? shiftBy(span ?? spanOf("today", Date.now()), days)
        : 0,
    at: moment(query.get("t")),
    speed: SPEEDS.includes(Math.abs(speed) as 1) ? speed : 60,
    follow: query.get("follow") || null,
    beside: query.get("view") === "beside",
    trailSeconds: trail !== null && TRAIL_SECONDS.includes(Number(trail) as 0) ? Number(trail) : 300,
    clean: query.get("clean") !== "false",
    loop:
      loop.length === 2 && loop[0] !== null && loop[1] !== null && loop[1] > loop[0]
        ? { from: loop[0], to: loop[1] }
        : null,
    longitude: isPlace ? place[0] : null,
    latitude: isPlace ? place[1] : null,
    zoom: isPlace ? place[2] : null,
    language: query.get("lang") || null,
    style: isStyleChoice(style) ? style : null,
    basemap: /^[\w.-]{1,64}$/.test(basemap) ? basemap : null,
  };
}

/** Inverse of {@link readPlayback}. */
export function writePlayback(view: PlaybackView): string {
  const parts: string[] = [];
  if (view.workers.length > 0) parts.push(`workers=${view.workers.map(encodeURIComponent).join(",")}`);
  else if (view.area) parts.push(`area=${encodeURIComponent(view.area)}`);
  if (view.span) parts.push(`from=${written(view.span.from)}`, `to=${written(view.span.to)}`);
  if (view.shift) parts.push(`day2=${daysOf(view.span ?? spanOf("today", Date.now()), view.shift)}`);
  if (view.at !== null) parts.push(`t=${written(view.at)}`);
  if (view.speed !== 60) parts.push(`speed=${view.speed}`);
  if (view.follow) parts.push(`follow=${encodeURIComponent(view.follow)}`);
  if (view.beside) parts.push("view=beside");
  if (view.trailSeconds !== 300) parts.push(`trail=${view.trailSeconds}`);
  if (!view.clean) parts.push("clean=false");
  if (view.loop) parts.push(`loop=${written(view.loop.from)}/${written(view.loop.to)}`);
  if (view.longitude !== null && view.latitude !== null && view.zoom !== null) {
    parts.push(`map=${view.longitude.toFixed(5)},${view.latitude.toFixed(5)},${view.zoom.toFixed(2)}`);
  }
  if (view.language) parts.push(`lang=${encodeURIComponent(view.language)}`);
  if (view.style) parts.push(`style=${view.style}`);
  if (view.basemap) parts.push(`basemap=${encodeURIComponent(view.basemap)}`);
  return parts.length ? `?${parts.join("&")}` : "";
}

/** `2026-11-22T02:41:07Z`: to the second, or to the ms when it is not a whole one. */
const written = (ms: number): string => new Date(Math.round(ms)).toISOString().replace(".000Z", "Z");

function moment(text: string | null): number | null {
  if (!text || !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}
