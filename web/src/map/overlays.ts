import type { LayerSpecification, SourceSpecification } from "maplibre-gl";
import type { TrackLines } from "../state/dayTrack";
import type { Place } from "../state/measure";
import type { Features } from "./areaFeatures";
import type { Pen } from "./basemapStyle";

/** What is drawn for one person at a time: today's track of the chosen worker, and the line being measured. */
export const TRACK = "track";
export const RULER = "ruler";
/** How exactly the places of alarms are known; their marks are elements of their own. */
export const ALARMS = "alarms";
/** From those who are on the way to where they go. */
export const WAYS = "ways";

export const overlaySources = (): Record<string, SourceSpecification> => ({
  [TRACK]: { type: "geojson", data: none() as never },
  [RULER]: { type: "geojson", data: none() as never },
  [ALARMS]: { type: "geojson", data: none() as never },
  [WAYS]: { type: "geojson", data: none() as never },
});

export function overlayLayers({ theme, scale }: Pen): LayerSpecification[] {
  const width = 2 * scale;
  return [
    {
      id: "alarm-fill",
      type: "fill",
      source: ALARMS,
      paint: { "fill-color": theme.alarm, "fill-opacity": 0.12 },
    },
    {
      id: "alarm-ring",
      type: "line",
      source: ALARMS,
      paint: { "line-color": theme.alarm, "line-width": 2 * scale, "line-dasharray": [3, 2] },
    },
    {
      id: "way-line",
      type: "line",
      source: WAYS,
      layout: { "line-cap": "round" },
      paint: {
        "line-color": ["case", ["==", ["get", "stale"], 1], theme.dim, theme.areaFocus],
        "line-width": 2 * scale,
        "line-dasharray": [1, 2],
      },
    },
    {
      id: "track-case",
      type: "line",
      source: TRACK,
      filter: ["==", ["get", "kind"], "track"],
      layout: { "line-join": "round", "line-cap": "round" },
      paint: { "line-color": theme.halo, "line-width": width + 2.5 * scale, "line-opacity": 0.8 },
    },
    {
      id: "track-line",
      type: "line",
      source: TRACK,
      filter: ["==", ["get", "kind"], "track"],
      layout: { "line-join": "round", "line-cap": "round" },
      paint: { "line-color": theme.track, "line-width": width, "line-opacity": 0.85 },
    },
    {
      id: "track-gap",
      type: "line",
      source: TRACK,
      filter: ["==", ["get", "kind"], "gap"],
      paint: { "line-color": theme.dim, "line-width": 1.5 * scale, "line-dasharray": [2, 2.5] },
    },
    {
      id: "ruler-fill",
      type: "fill",
      source: RULER,
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": theme.areaFocus, "fill-opacity": 0.12 },
    },
    {
      id: "ruler-line",
      type: "line",
      source: RULER,
      filter: ["==", ["geometry-type"], "LineString"],
      layout: { "line-join": "round" },
      paint: { "line-color": theme.areaFocus, "line-width": 2 * scale, "line-dasharray": [3, 1.5] },
    },
    {
      id: "ruler-point",
      type: "circle",
      source: RULER,
      filter: ["==", ["geometry-type"], "Point"],
      paint: {
        "circle-radius": 4 * scale,
        "circle-color": theme.halo,
        "circle-stroke-color": theme.areaFocus,
        "circle-stroke-width": 2 * scale,
      },
    },
  ];
}

export function trackFeatures(lines: TrackLines | null): Features {
  if (!lines) return none();
  const line = (kind: string) => (coordinates: Place[]) => ({
    type: "Feature" as const,
    geometry: { type: "LineString", coordinates },
    properties: { kind },
  });
  return {
    type: "FeatureCollection",
    features: [...lines.solid.map(line("track")), ...lines.gaps.map(line("gap"))],
  };
}

/** @param pointer where the line would go on; null when nobody points */
export function rulerFeatures(points: readonly Place[], pointer: Place | null): Features {
  const line = pointer ? [...points, pointer] : points;
  const feature = (geometry: unknown) => ({ type: "Feature" as const, geometry, properties: {} });
  return {
    type: "FeatureCollection",
    features: [
      ...(line.length > 2 ? [feature({ type: "Polygon", coordinates: [[...line, line[0]]] })] : []),
      ...(line.length > 1 ? [feature({ type: "LineString", coordinates: line })] : []),
      ...points.map((coordinates) => feature({ type: "Point", coordinates })),
    ],
  };
}

const none = (): Features => ({ type: "FeatureCollection", features: [] });
