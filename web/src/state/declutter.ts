import type { Bounds } from "./areas";
import { mercatorX, mercatorY } from "./mercator";

/** Typical distance between neighbours below which single workers are no longer told apart, CSS pixels at the usual text size. */
const TOO_CLOSE = 9;
/** Part of the distance between neighbours that a disc's radius takes. */
const SHARE = 0.135;
const SMALLEST = 1.7;
const LARGEST = 8;

/** World units (0–1) between neighbours if the workers were spread evenly over the area. */
export function spacing(whole: Bounds | null, shown: number): number {
  if (!whole || shown < 1) return 1;
  const wide = Math.abs(mercatorX(whole[2]) - mercatorX(whole[0]));
  const high = Math.abs(mercatorY(whole[3]) - mercatorY(whole[1]));
  return wide * high > 0 ? Math.sqrt((wide * high) / shown) : 1;
}

/** Pixels at the usual text size: a screen of twice the pixels is one level further in without showing anything larger. */
const pixels = (units: number, zoom: number, scale: number): number => (units * 512 * 2 ** zoom) / scale;

/** Radius of a grid worker's disc in CSS pixels: small over the district, larger in the street, never a pile. */
export function markerRadius(zoom: number, scale: number, units: number): number {
  const byZoom = 2.5 + (zoom - Math.log2(scale) - 12) * 1.05;
  const byCrowd = pixels(units, zoom, scale) * SHARE;
  return Math.min(LARGEST, Math.max(SMALLEST, Math.min(Math.max(2.1, byZoom), byCrowd))) * scale;
}

/** True where counts per area say more than single markers do. */
export const isFarOut = (zoom: number, scale: number, units: number): boolean => pixels(units, zoom, scale) < TOO_CLOSE;
