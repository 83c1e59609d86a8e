import { isDay } from "../../state/calendarDays";
import { isKey } from "../../state/coverage/plane";
import { isEnd, LENGTHS, type Length } from "../../state/coverage/windows";
import { isStyleChoice, type StyleChoice } from "../../state/dayNight";
import { MEASURES, type Measure } from "../../wire/coverageBytes";

/** What the address bar remembers of the coverage page: enough to open the same look on another screen. */
export interface CoverageView {
  area: string | null;
  measure: Measure;
  days: Length;
  /** The day after the last; null: it ends with today, and goes on with it. */
  to: string | null;
  /** Key of the chosen square. */
  cell: string | null;
  longitude: number | null;
  latitude: number | null;
  zoom: number | null;
  language: string | null;
  style: StyleChoice | null;
  basemap: string | null;
}

/** Reads `?area=140106&measure=blind&days=28&to=2026-11-17&cell=17…&map=112.56,37.86,14`; what is missing or nonsense is left as it usually is. */
export function readCoverage(search: string, today: string): CoverageView {
  const query = new URLSearchParams(search);
  const measure = query.get("measure") as Measure;
  const days = Number(query.get("days")) as Length;
  const to = query.get("to") ?? "";
  const cell = query.get("cell") ?? "";
  const style = query.get("style");
  const basemap = query.get("basemap") ?? "";
  const place = (query.get("map") ?? "").split(",").map((part) => (part === "" ? Number.NaN : Number(part)));
  const isPlace =
    place.length === 3 &&
    place.every(Number.isFinite) &&
    Math.abs(place[0]) <= 180 &&
    Math.abs(place[1]) <= 85 &&
    place[2] >= 0 &&
    place[2] <= 24;
  return {
    area: query.get("area") || null,
    measure: MEASURES.includes(measure) ? measure : "age",
    days: LENGTHS.includes(days) ? days : 7,
    to: isDay(to) && isEnd(to, today) ? to : null,
    cell: isKey(cell) ? cell : null,
    longitude: isPlace ? place[0] : null,
    latitude: isPlace ? place[1] : null,
    zoom: isPlace ? place[2] : null,
    language: query.get("lang") || null,
    style: isStyleChoice(style) ? style : null,
    basemap: /^[\w.-]{1,64}$/.test(basemap) ? basemap : null,
  };
}

/** Inverse of {@link readCoverage}. */
export function writeCoverage(view: CoverageView): string {
  const parts: string[] = [];
  if (view.area) parts.push(`area=${encodeURIComponent(view.area)}`);
  if (view.measure !== "age") parts.push(`measure=${view.measure}`);
  if (view.days !== 7) parts.push(`days=${view.days}`);
  if (view.to) parts.push(`to=${view.to}`);
  if (view.cell) parts.push(`cell=${view.cell}`);
  if (view.longitude !== null && view.latitude !== null && view.zoom !== null) {
    parts.push(`map=${view.longitude.toFixed(5)},${view.latitude.toFixed(5)},${view.zoom.toFixed(2)}`);
  }
  if (view.language) parts.push(`lang=${encodeURIComponent(view.language)}`);
  if (view.style) parts.push(`style=${view.style}`);
  if (view.basemap) parts.push(`basemap=${encodeURIComponent(view.basemap)}`);
  return parts.length ? `?${parts.join("&")}` : "";
}
