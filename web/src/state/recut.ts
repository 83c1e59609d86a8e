import { latitudeOf, longitudeOf, mercatorX, mercatorY } from "./mercator";

/** One foreign tile and where its corner goes in the tile that is cut. */
export interface Piece {
  x: number;
  y: number;
  left: number;
  top: number;
}

export type Shift = (longitude: number, latitude: number) => readonly [longitude: number, latitude: number];

/**
 * Which tiles of a shifted basemap make up the tile (z, x, y) in WGS-84, and where they lie in it, in pixels of a `size` wide tile.
 * The shift hardly changes within a tile (centimetres within a city block), so the one of its middle serves for all of it.
 */
export function recut(z: number, x: number, y: number, size: number, shift: Shift): Piece[] {
  const tiles = 2 ** z;
  const [longitude, latitude] = shift(longitudeOf((x + 0.5) / tiles), latitudeOf((y + 0.5) / tiles));
  const left = Math.round((mercatorX(longitude) * tiles - 0.5) * size);
  const top = Math.round((mercatorY(latitude) * tiles - 0.5) * size);
  const pieces: Piece[] = [];
  for (let tx = Math.floor(left / size); tx <= Math.floor((left + size - 1) / size); tx++) {
    for (let ty = Math.floor(top / size); ty <= Math.floor((top + size - 1) / size); ty++) {
      if (ty < 0 || ty >= tiles) continue;
      pieces.push({ x: (tx + tiles) % tiles, y: ty, left: tx * size - left, top: ty * size - top });
    }
  }
  return pieces;
}
