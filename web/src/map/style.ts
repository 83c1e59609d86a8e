import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";
import type { Layers } from "../state/layers";
import type { BasemapInfo } from "../wire/contracts.gen";
import { DEEPEST_COUNTED } from "./areaFeatures";
import { BASEMAP, basemapLabels, basemapLayers, basemapSource, nameIn, type Pen } from "./basemapStyle";
import { fontFaces, LABEL_FONT } from "./fontFaces";
import { overlayLayers, overlaySources } from "./overlays";

/** Areas come in by zoom: subdistricts always, communities, then grids, then micro-grids. */
const LEVELS = [
  { level: 0, minzoom: 0, width: 2.2, dash: null, size: 15 },
  { level: 1, minzoom: 9, width: 1.6, dash: [4, 2.5], size: 15 },
  { level: 2, minzoom: 12, width: 1, dash: null, size: 12.5 },
  { level: 3, minzoom: 13.8, width: 0.8, dash: [1.5, 2], size: 12 },
  { level: 4, minzoom: 15.4, width: 0.6, dash: [1, 3], size: 12 },
] as const;

export const AREAS = "areas";
export const LABELS = "area-labels";
/** Custom layers go below this one, which draws nothing. */
export const ABOVE_MARKERS = "above-markers";

export interface Look extends Pen {
  basemap: BasemapInfo | null;
  layers: Layers;
  /** Server address of area tiles. */
  areaTiles: string;
}

/**
 * The whole map from what this server offers: nothing is fetched from elsewhere. Zoom limits are meant for a screen at the
 * usual text size; `shift` is how many levels further in a larger one stands at the same view.
 */
export function wallStyle(look: Look): StyleSpecification {
  const { theme, basemap } = look;
  return {
    version: 8,
    "font-faces": fontFaces() as never,
    transition: { duration: 0, delay: 0 },
    sources: {
      ...(basemap ? { [BASEMAP]: basemapSource(basemap) } : {}),
      [AREAS]: { type: "vector", tiles: [look.areaTiles], minzoom: 6, maxzoom: 16 },
      [LABELS]: { type: "geojson", data: { type: "FeatureCollection", features: [] } },
      ...overlaySources(),
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": theme.ground } },
      ...(basemap ? basemapLayers(basemap, look) : [areaFill(look)]),
      ...LEVELS.toReversed()
        .filter((l) => l.level <= look.layers.borders)
        .map((l): LayerSpecification => border(l, look)),
      {
        id: "area-focus",
        type: "line",
        source: AREAS,
        "source-layer": "areas",
        filter: ["==", ["get", "code"], ""],
        layout: { "line-join": "round" },
        paint: { "line-color": theme.areaFocus, "line-width": 2 * look.scale, "line-opacity": 0.9 },
      },
      ...(basemap ? basemapLabels(basemap, look) : []),
      ...overlayLayers(look),
      { id: ABOVE_MARKERS, type: "background", layout: { visibility: "none" } },
      ...(look.layers.names || look.layers.counts ? labelLayers(look) : []),
    ],
  };
}

/** Names lie above the markers, small ones give way to big ones. */
function labelLayers(look: Look): LayerSpecification[] {
  const { theme, scale, shift } = look;
  // Without names there are still counts, which only the upper levels have.
  const levels = LEVELS.filter((l) => look.layers.names || l.level <= DEEPEST_COUNTED);
  return levels.toReversed().map((l): LayerSpecification => {
    const deep = l.level > DEEPEST_COUNTED;
    return {
      id: `area-label-${l.level}`,
      type: "symbol",
      source: deep ? AREAS : LABELS,
      ...(deep ? { "source-layer": "names" } : {}),
      minzoom: l.level <= 1 ? 0 : l.minzoom + 0.6 + shift,
      ...(l.level === 0 ? { maxzoom: 10.2 + shift } : l.level === 1 ? { maxzoom: 15 + shift } : {}),
      filter: ["==", ["get", "level"], l.level],
      layout: {
        "text-field": deep ? nameIn(look.language) : counted(look),
        "text-font": [LABEL_FONT],
        "text-size": l.size * scale,
        "text-letter-spacing": 0.04,
        // Names of two long words stand in two lines, or neighbours would crowd each other out; Chinese ones are short.
        "text-max-width": look.language.startsWith("zh") ? 12 : 7,
        "text-padding": 4,
      },
      paint: {
        "text-color": l.level <= 1 ? theme.label : theme.labelFaint,
        "text-halo-color": theme.halo,
        "text-halo-width": 1.5 * scale,
      },
    };
  });
}

/** The name, and under it the head count where one is wanted. */
const counted = (look: Look): ExpressionSpecification => [
  "case",
  ["==", ["get", "count"], ""],
  ["get", "name"],
  ["format", ["get", "name"], {}, "\n", {}, ["get", "count"], { "font-scale": 1.12, "text-color": look.theme.ink }],
];

const areaFill = (look: Look): LayerSpecification => ({
  id: "area-fill",
  type: "fill",
  source: AREAS,
  "source-layer": "areas",
  filter: ["==", ["get", "level"], 0],
  paint: { "fill-color": look.theme.areaFill, "fill-antialias": false },
});

function border(l: (typeof LEVELS)[number], look: Look): LayerSpecification {
  return {
    id: `area-border-${l.level}`,
    type: "line",
    source: AREAS,
    "source-layer": "areas",
    minzoom: l.level === 0 ? 0 : l.minzoom + look.shift,
    filter: ["==", ["get", "level"], l.level],
    layout: { "line-join": "round" },
    paint: {
      "line-color": l.level <= 1 ? look.theme.border : look.theme.borderFaint,
      "line-width": l.width * look.scale,
      ...(l.dash ? { "line-dasharray": [...l.dash] } : {}),
    },
  };
}
