/** Web Mercator with the world from 0 to 1, y downwards, as MapLibre's custom layers use it. */

export const mercatorX = (longitude: number): number => (longitude + 180) / 360;

export const mercatorY = (latitude: number): number =>
  0.5 - Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360)) / (2 * Math.PI);

export const longitudeOf = (x: number): number => x * 360 - 180;

export const latitudeOf = (y: number): number => (Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) * 360) / Math.PI - 90;

const EARTH_CIRCUMFERENCE_METERS = 40_075_016.686;

/** Mercator units of one metre at a latitude. */
export const unitsPerMeter = (latitude: number): number =>
  1 / (EARTH_CIRCUMFERENCE_METERS * Math.cos((latitude * Math.PI) / 180));
