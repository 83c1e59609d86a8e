import { unitsPerMeter } from "../mercator";

export const SIZES = [25, 50, 100] as const;
export type Size = (typeof SIZES)[number];

/** Below so many CSS pixels at the usual text size a square is no longer told from its neighbours. */
const SMALLEST_PIXELS = 1.5;

/** Metres of the smallest squares that can be told apart at a zoom; from 50 m on they are put together. */
export function sizeAt(zoom: number, latitude: number, scale: number): Size {
  const pixelsPerMeter = (unitsPerMeter(latitude) * 512 * 2 ** zoom) / scale;
  return SIZES.find((size) => size * pixelsPerMeter >= SMALLEST_PIXELS) ?? 100;
}
