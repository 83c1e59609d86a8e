import type { MarkerColors } from "./markersLayer";

/** The page's CSS variables as the map needs them; read anew when the style changes, so that a day style follows. */
export interface MapTheme {
  ground: string;
  areaFill: string;
  areaFocus: string;
  border: string;
  borderFaint: string;
  label: string;
  labelFaint: string;
  halo: string;
  markers: MarkerColors;
}

export function readTheme(): MapTheme {
  const style = getComputedStyle(document.documentElement);
  const get = (name: string) => style.getPropertyValue(name).trim();
  const rgb = (name: string) => parseHex(get(name));
  return {
    ground: get("--map-ground"),
    areaFill: get("--map-area"),
    areaFocus: get("--map-focus"),
    border: get("--map-border"),
    borderFaint: get("--map-border-faint"),
    label: get("--map-label"),
    labelFaint: get("--map-label-faint"),
    halo: get("--map-halo"),
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
