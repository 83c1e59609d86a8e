import type { MarkerColors } from "./markersLayer";

const COLORS = {
  ground: "--map-ground",
  areaFill: "--map-area",
  areaFocus: "--map-focus",
  border: "--map-border",
  borderFaint: "--map-border-faint",
  label: "--map-label",
  labelFaint: "--map-label-faint",
  halo: "--map-halo",
  ink: "--ink",
  track: "--map-track",
  replay: "--replay",
  dim: "--dim",
  alarm: "--alarm",
  water: "--map-water",
  waterLine: "--map-water-line",
  park: "--map-park",
  hill: "--map-hill",
  built: "--map-built",
  square: "--map-square",
  roadTrunk: "--map-road-trunk",
  roadPrimary: "--map-road-primary",
  road: "--map-road",
  roadSide: "--map-road-side",
  roadPath: "--map-road-path",
  roadCase: "--map-road-case",
  roadLabel: "--map-road-label",
  placeLabel: "--map-place-label",
  waterLabel: "--map-water-label",
} as const;

/** The page's CSS variables as the map needs them; read anew when the style changes. */
export type MapTheme = Record<keyof typeof COLORS, string> & {
  markers: MarkerColors;
  /** How bright a picture basemap may get, 0 to 1: at night it must not outshine the markers. */
  rasterLight: number;
};

export function readTheme(): MapTheme {
  const style = getComputedStyle(document.documentElement);
  const get = (name: string) => style.getPropertyValue(name).trim();
  const rgb = (name: string) => parseHex(get(name));
  const colors = Object.fromEntries(Object.entries(COLORS).map(([key, name]) => [key, get(name)]));
  return {
    ...(colors as Record<keyof typeof COLORS, string>),
    rasterLight: Number(get("--map-raster-light")) || 1,
    markers: {
      presence: [rgb("--lost"), rgb("--lost"), rgb("--lost"), rgb("--stale"), rgb("--ok"), rgb("--move")],
      ground: rgb("--map-ground"),
      ink: rgb("--ink"),
    },
  };
}

/** #rrggbb as three numbers from 0 to 1. */
export function parseHex(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.replace("#", ""), 16);
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}
