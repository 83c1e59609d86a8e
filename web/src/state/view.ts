import { isStyleChoice, type StyleChoice } from "./dayNight";
import { allLayers, type Layers, readLayers, writeLayers } from "./layers";

/** What the address bar remembers of a wall: enough to open the same view on another screen. */
export interface View {
  longitude: number | null;
  latitude: number | null;
  zoom: number | null;
  area: string | null;
  language: string | null;
  worker: string | null;
  style: StyleChoice | null;
  kiosk: boolean;
  layers: Layers;
}

export const nowhere = (): View => ({
  longitude: null,
  latitude: null,
  zoom: null,
  area: null,
  language: null,
  worker: null,
  style: null,
  kiosk: false,
  layers: allLayers(),
});

/** Reads `?at=112.56,37.86,13.2&area=140106&lang=en&worker=W0427&style=day&layers=-trails`; what is missing or nonsense is null. */
export function readView(search: string): View {
  const query = new URLSearchParams(search);
  const at = (query.get("at") ?? "").split(",").map((part) => (part === "" ? Number.NaN : Number(part)));
  const ok =
    at.length === 3 &&
    at.every(Number.isFinite) &&
    Math.abs(at[0]) <= 180 &&
    Math.abs(at[1]) <= 85 &&
    at[2] >= 0 &&
    at[2] <= 24;
  const style = query.get("style");
  return {
    longitude: ok ? at[0] : null,
    latitude: ok ? at[1] : null,
    zoom: ok ? at[2] : null,
    area: query.get("area") || null,
    language: query.get("lang") || null,
    worker: query.get("worker") || null,
    style: isStyleChoice(style) ? style : null,
    kiosk: query.get("kiosk") === "1",
    layers: readLayers(query),
  };
}

/** Inverse of {@link readView}; empty when there is nothing to remember. */
export function writeView(view: View): string {
  const parts: string[] = [];
  if (view.kiosk) parts.push("kiosk=1");
  if (view.longitude !== null && view.latitude !== null && view.zoom !== null) {
    parts.push(`at=${view.longitude.toFixed(5)},${view.latitude.toFixed(5)},${view.zoom.toFixed(2)}`);
  }
  if (view.area) parts.push(`area=${encodeURIComponent(view.area)}`);
  if (view.language) parts.push(`lang=${encodeURIComponent(view.language)}`);
  if (view.worker) parts.push(`worker=${encodeURIComponent(view.worker)}`);
  if (view.style) parts.push(`style=${view.style}`);
  parts.push(...writeLayers(view.layers));
  return parts.length ? `?${parts.join("&")}` : "";
}

/** The alarm whose card a link from another page opens, `?alarm=<id>`; no part of the view, so it leaves the address with the next change of it. */
export function readAlarm(search: string): string | null {
  const id = new URLSearchParams(search).get("alarm");
  return id !== null && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? id : null;
}
