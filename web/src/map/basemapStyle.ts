import type {
  ExpressionSpecification,
  FilterSpecification,
  LayerSpecification,
  LineLayerSpecification,
  SourceSpecification,
} from "maplibre-gl";
import type { BasemapInfo } from "../wire/contracts.gen";
import { LABEL_FONT } from "./fontFaces";
import type { MapTheme } from "./theme";

export const BASEMAP = "basemap";

/** Road classes from the smallest to the largest, in the order they are drawn: widths in CSS pixels at zoom 12 and 18. */
const ROADS = [
  { class: "path", minzoom: 15, thin: 0.3, wide: 3, color: "roadPath" },
  { class: "residential", minzoom: 12.6, thin: 0.5, wide: 9, color: "roadSide" },
  { class: "secondary", minzoom: 11, thin: 1, wide: 15, color: "road" },
  { class: "primary", minzoom: 8, thin: 1.7, wide: 20, color: "roadPrimary" },
  { class: "trunk", minzoom: 7, thin: 2.4, wide: 24, color: "roadTrunk" },
] as const;

export interface Pen {
  theme: MapTheme;
  /** CSS pixels are this many times larger than at the usual text size. */
  scale: number;
  /** Zoom levels that a larger screen stands further in at the same view. */
  shift: number;
  language: string;
}

/** The source of a basemap; pictures in GCJ-02 are cut anew so that they lie under WGS-84 (see protocols.ts). */
export function basemapSource(basemap: BasemapInfo): SourceSpecification {
  const url = absolute(basemap.url);
  if (basemap.kind === "pmtiles" && !isPicture(basemap)) return { type: "vector", url: `pmtiles://${url}` };
  if (basemap.kind === "pmtiles") return { type: "raster", url: `pmtiles://${url}`, tileSize: 256 };
  const tiles = [basemap.datum === "gcj02" ? `gcj02://${url}` : url];
  return { type: "raster", tiles, tileSize: 256, minzoom: basemap.minZoom, maxzoom: basemap.maxZoom };
}

/** What lies under the areas: ground, water, green and streets, or the operator's picture. */
export function basemapLayers(basemap: BasemapInfo, pen: Pen): LayerSpecification[] {
  const { theme } = pen;
  if (isPicture(basemap)) {
    return [
      {
        id: "base-picture",
        type: "raster",
        source: BASEMAP,
        paint: {
          "raster-brightness-max": theme.rasterLight,
          "raster-saturation": theme.rasterLight < 1 ? -0.55 : 0,
          "raster-fade-duration": 0,
        },
      },
    ];
  }
  return [
    area("hill", theme.hill, pen, 7),
    area("built", theme.built, pen, 7),
    area("square", theme.square, pen, 12),
    area("park", theme.park, pen, 9),
    { id: "base-water", type: "fill", source: BASEMAP, "source-layer": "water", paint: { "fill-color": theme.water } },
    {
      id: "base-shore",
      type: "line",
      source: BASEMAP,
      "source-layer": "water",
      minzoom: 11 + pen.shift,
      paint: { "line-color": theme.waterLine, "line-width": 0.8 * pen.scale },
    },
    ...ROADS.slice(1).map((road) => street(road, pen, true)),
    ...ROADS.map((road) => street(road, pen, false)),
  ];
}

/** Names of streets, waters and places; below the areas' own names. */
export function basemapLabels(basemap: BasemapInfo, pen: Pen): LayerSpecification[] {
  if (isPicture(basemap)) return [];
  const { theme, scale, shift } = pen;
  const name = nameIn(pen.language);
  const halo = { "text-halo-color": theme.halo, "text-halo-width": 1.4 * scale };
  const street = (id: string, classes: string[], minzoom: number, size: number): LayerSpecification => ({
    id,
    type: "symbol",
    source: BASEMAP,
    "source-layer": "roads",
    minzoom: minzoom + shift,
    filter: ["in", ["get", "class"], ["literal", classes]],
    layout: {
      "symbol-placement": "line",
      "symbol-spacing": 420 * scale,
      "text-field": name,
      "text-font": [LABEL_FONT],
      "text-size": size * scale,
      "text-letter-spacing": pen.language.startsWith("zh") ? 0.12 : 0.02,
      "text-max-angle": 30,
      "text-padding": 6,
    },
    paint: { "text-color": theme.roadLabel, ...halo },
  });
  return [
    street("base-name-side", ["residential", "path"], 15.6, 12),
    street("base-name-road", ["secondary"], 14, 12),
    street("base-name-main", ["primary", "trunk"], 12.6, 12.5),
    place("base-name-water", "water", theme.waterLabel, 11.5, pen),
    place("base-name-park", "places", theme.placeLabel, 13, pen),
  ];
}

/** Ready-made pictures rather than lines and areas that are drawn here. */
const isPicture = (basemap: BasemapInfo): boolean => basemap.style !== "vector";

export const nameIn = (language: string): ExpressionSpecification =>
  language.startsWith("zh")
    ? ["coalesce", ["get", "name"], ""]
    : ["coalesce", ["get", "name_en"], ["get", "nameEn"], ["get", "name"], ""];

function area(kind: string, color: string, pen: Pen, minzoom: number): LayerSpecification {
  return {
    id: `base-${kind}`,
    type: "fill",
    source: BASEMAP,
    "source-layer": "land",
    minzoom: Math.max(0, minzoom + pen.shift),
    filter: ["==", ["get", "kind"], kind],
    paint: { "fill-color": color },
  };
}

function street(road: (typeof ROADS)[number], pen: Pen, isCase: boolean): LineLayerSpecification {
  const { theme, scale, shift } = pen;
  const rim = isCase ? 1.4 : 0;
  const filter: FilterSpecification = ["==", ["get", "class"], road.class];
  return {
    id: `base-${isCase ? "case" : "road"}-${road.class}`,
    type: "line",
    source: BASEMAP,
    "source-layer": "roads",
    minzoom: (isCase ? Math.max(road.minzoom, 12.5) : road.minzoom) + shift,
    filter,
    layout: { "line-cap": isCase ? "butt" : "round", "line-join": "round" },
    paint: {
      "line-color": isCase ? theme.roadCase : theme[road.color],
      "line-width": [
        "interpolate",
        ["exponential", 1.6],
        ["zoom"],
        9 + shift,
        road.thin * 0.55 * scale,
        12 + shift,
        road.thin * scale + rim,
        18 + shift,
        road.wide * scale + rim * 2,
      ],
    },
  };
}

function place(id: string, layer: string, color: string, minzoom: number, pen: Pen): LayerSpecification {
  return {
    id,
    type: "symbol",
    source: BASEMAP,
    "source-layer": layer,
    minzoom: minzoom + pen.shift,
    layout: {
      "text-field": nameIn(pen.language),
      "text-font": [LABEL_FONT],
      "text-size": 12 * pen.scale,
      "text-max-width": 8,
      "text-padding": 8,
    },
    paint: {
      "text-color": color,
      "text-halo-color": pen.theme.halo,
      "text-halo-width": 1.4 * pen.scale,
    },
  };
}

/** MapLibre's worker resolves no relative address. */
const absolute = (url: string): string => (/^https?:/.test(url) ? url : location.origin + url);
