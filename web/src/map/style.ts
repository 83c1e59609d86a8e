import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";
import { fontFaces, LABEL_FONT } from "./fontFaces";
import type { MapTheme } from "./theme";

/** Areas come in by zoom: subdistricts always, communities, then grids, then micro-grids. */
const LEVELS = [
  { level: 0, minzoom: 0, width: 2.2, dash: null, size: 0 },
  { level: 1, minzoom: 9, width: 1.6, dash: [4, 2.5], size: 15 },
  { level: 2, minzoom: 11.8, width: 1, dash: null, size: 12.5 },
  { level: 3, minzoom: 13.6, width: 0.7, dash: [1.5, 2], size: 12 },
  { level: 4, minzoom: 15.4, width: 0.5, dash: [1, 3], size: 12 },
] as const;

export const OUTLINES = "areas";
export const LABELS = "area-labels";

/**
 * Draws the whole map from what ships with the page: nothing is fetched from elsewhere. Zoom limits are meant for a screen at the
 * usual text size; `shift` is how many levels further in a larger one stands at the same view.
 */
export function wallStyle(theme: MapTheme, scale: number): StyleSpecification {
  const shift = Math.log2(scale);
  return {
    version: 8,
    "font-faces": fontFaces() as never,
    transition: { duration: 0, delay: 0 },
    sources: {
      [OUTLINES]: { type: "geojson", data: empty(), tolerance: 0.2 },
      [LABELS]: { type: "geojson", data: empty() },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": theme.ground } },
      fill("area-fill", 0, theme.areaFill),
      ...LEVELS.toReversed().map((l): LayerSpecification => border(l, theme, scale, shift)),
      {
        id: "area-focus",
        type: "line",
        source: OUTLINES,
        filter: ["==", ["get", "code"], ""],
        layout: { "line-join": "round" },
        paint: { "line-color": theme.areaFocus, "line-width": 2 * scale, "line-opacity": 0.9 },
      },
    ],
  };
}

/** Names lie above the markers' layer, small ones give way to big ones. */
export function labelLayers(theme: MapTheme, scale: number): LayerSpecification[] {
  const shift = Math.log2(scale);
  return LEVELS.filter((l) => l.size > 0)
    .toReversed()
    .map((l) => ({
      id: `area-label-${l.level}`,
      type: "symbol",
      source: LABELS,
      minzoom: l.level === 1 ? 0 : l.minzoom + 0.5 + shift,
      ...(l.level === 1 ? { maxzoom: 15 + shift } : {}),
      filter: ["==", ["get", "level"], l.level],
      layout: {
        "text-field": [
          "case",
          ["==", ["get", "count"], ""],
          ["get", "name"],
          ["format", ["get", "name"], {}, "\n", {}, ["get", "count"], { "font-scale": 0.92 }],
        ] as ExpressionSpecification,
        "text-font": [LABEL_FONT],
        "text-size": l.size * scale,
        "text-letter-spacing": 0.04,
        "text-max-width": 12,
        "text-padding": 4,
      },
      paint: {
        "text-color": l.level <= 1 ? theme.label : theme.labelFaint,
        "text-halo-color": theme.halo,
        "text-halo-width": 1.4 * scale,
      },
    }));
}

function fill(id: string, level: number, color: string): LayerSpecification {
  return {
    id,
    type: "fill",
    source: OUTLINES,
    filter: ["==", ["get", "level"], level],
    paint: { "fill-color": color, "fill-antialias": false },
  };
}

function border(l: (typeof LEVELS)[number], theme: MapTheme, scale: number, shift: number): LayerSpecification {
  return {
    id: `area-border-${l.level}`,
    type: "line",
    source: OUTLINES,
    minzoom: l.minzoom + shift,
    filter: ["==", ["get", "level"], l.level],
    layout: { "line-join": "round" },
    paint: {
      "line-color": l.level <= 1 ? theme.border : theme.borderFaint,
      "line-width": l.width * scale,
      ...(l.dash ? { "line-dasharray": [...l.dash] } : {}),
    },
  };
}

const empty = () => ({ type: "FeatureCollection" as const, features: [] });
