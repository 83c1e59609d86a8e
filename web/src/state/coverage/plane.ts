import type { CoveragePicture } from "../../wire/coverageBytes";

type Place = readonly [longitude: number, latitude: number];

const INSIDE = 1e-6;
const ROUNDS = 6;

/**
 * Where a point of the squares lies, counted in squares from the south-western corner of the picture, fractions between them: bilinear between the
 * nodes, which is exact to less than ten centimetres.
 */
export function placeOf({ nodes, columns, rows }: CoveragePicture, x: number, y: number): [number, number] {
  const { step, across, up, longitudes, latitudes } = nodes;
  const i = Math.min(Math.max(Math.floor(x / step), 0), across - 2);
  const j = Math.min(Math.max(Math.floor(y / step), 0), up - 2);
  // The last node stands at the edge of the picture, not at a whole step.
  const u = (x - i * step) / (Math.min((i + 1) * step, columns) - i * step);
  const v = (y - j * step) / (Math.min((j + 1) * step, rows) - j * step);
  const at = j * across + i;
  const mix = (of: Float64Array) =>
    (of[at] * (1 - u) + of[at + 1] * u) * (1 - v) + (of[at + across] * (1 - u) + of[at + across + 1] * u) * v;
  return [mix(longitudes), mix(latitudes)];
}

/** The inverse of {@link placeOf}: in squares from the south-western corner; null outside of the picture. */
export function squareAt(picture: CoveragePicture, [longitude, latitude]: Place): { x: number; y: number } | null {
  const { columns, rows } = picture;
  if (columns === 0 || rows === 0) return null;
  let [x, y] = [columns / 2, rows / 2];
  const small = 0.5;
  for (let round = 0; round < ROUNDS; round++) {
    const [atX, atY] = placeOf(picture, x, y);
    const [eastX, eastY] = placeOf(picture, x + small, y);
    const [northX, northY] = placeOf(picture, x, y + small);
    const [ax, ay, bx, by] = [eastX - atX, eastY - atY, northX - atX, northY - atY];
    const [dx, dy] = [longitude - atX, latitude - atY];
    const area = ax * by - ay * bx;
    if (area === 0) return null;
    x += (small * (dx * by - dy * bx)) / area;
    y += (small * (dy * ax - dx * ay)) / area;
  }
  const isInside = x >= -INSIDE && y >= -INSIDE && x < columns + INSIDE && y < rows + INSIDE;
  return isInside
    ? { x: Math.min(Math.max(x, 0), columns - INSIDE), y: Math.min(Math.max(y, 0), rows - INSIDE) }
    : null;
}

const ROW_KEYS = 2 ** 32;
/** Metres of the squares that have keys. */
export const KEY_METERS = 25;

/** The key of the square of 25 m at a point of the picture, whatever the size of its squares; null outside. */
export function keyAt(picture: CoveragePicture, at: Place): string | null {
  const found = squareAt(picture, at);
  if (!found) return null;
  const each = picture.size / KEY_METERS;
  const column = Math.floor((picture.column + found.x) * each);
  const row = Math.floor((picture.row + found.y) * each);
  return String(row * ROW_KEYS + column);
}

/** Another square's key, so many squares to the east and the north. */
export const keyBeside = (key: string, east: number, north: number): string =>
  String(Number(key) + north * ROW_KEYS + east);

export const isKey = (text: string): boolean => /^\d{1,16}$/.test(text) && Number.isSafeInteger(Number(text));

/** What a picture of squares of 25 m says of one of them; null outside of it, or where its squares are larger. */
export function codeOf(picture: CoveragePicture, key: string): number | null {
  if (picture.size !== KEY_METERS) return null;
  const row = Math.floor(Number(key) / ROW_KEYS);
  const x = Number(key) - row * ROW_KEYS - picture.column;
  const y = row - picture.row;
  const isInside = x >= 0 && y >= 0 && x < picture.columns && y < picture.rows;
  return isInside ? picture.codes[y * picture.columns + x] : null;
}

/** The corners of a square of 25 m, closed, on this picture. */
export function ringOf(picture: CoveragePicture, key: string): [number, number][] {
  const row = Math.floor(Number(key) / ROW_KEYS);
  const column = Number(key) - row * ROW_KEYS;
  const each = picture.size / KEY_METERS;
  const x = column / each - picture.column;
  const y = row / each - picture.row;
  const wide = 1 / each;
  return [
    [x, y],
    [x + wide, y],
    [x + wide, y + wide],
    [x, y + wide],
    [x, y],
  ].map(([east, north]) => placeOf(picture, east, north));
}
