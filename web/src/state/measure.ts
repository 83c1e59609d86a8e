export type Place = readonly [longitude: number, latitude: number];

const EARTH_RADIUS_METERS = 6_371_008.8;
const rad = Math.PI / 180;

/** Great-circle distance (haversine formula). */
export function distanceMeters(a: Place, b: Place): number {
  const dLat = (b[1] - a[1]) * rad;
  const dLon = (b[0] - a[0]) * rad;
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a[1] * rad) * Math.cos(b[1] * rad) * Math.sin(dLon / 2) ** 2;
  return 2 * EARTH_RADIUS_METERS * Math.asin(Math.min(1, Math.sqrt(h)));
}

export function lengthMeters(line: readonly Place[]): number {
  let sum = 0;
  for (let i = 1; i < line.length; i++) sum += distanceMeters(line[i - 1], line[i]);
  return sum;
}

/** Area inside a ring (closed or not) on the sphere (Chamberlain and Duquette, "Some algorithms for polygons on a sphere"). */
export function surfaceSquareMeters(ring: readonly Place[]): number {
  if (ring.length < 3) return 0;
  let sum = 0;
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i];
    const b = ring[(i + 1) % ring.length];
    sum += (b[0] - a[0]) * rad * (2 + Math.sin(a[1] * rad) + Math.sin(b[1] * rad));
  }
  return Math.abs((sum * EARTH_RADIUS_METERS ** 2) / 2);
}

export interface Quantity {
  value: number;
  unit: "m" | "km" | "m2" | "km2";
  /** Digits after the point that mean something. */
  digits: number;
}

export function length(meters: number): Quantity {
  if (meters < 1000) return { value: meters, unit: "m", digits: 0 };
  return { value: meters / 1000, unit: "km", digits: meters < 10_000 ? 2 : 1 };
}

export function surface(squareMeters: number): Quantity {
  if (squareMeters < 100_000) return { value: squareMeters, unit: "m2", digits: 0 };
  return { value: squareMeters / 1e6, unit: "km2", digits: squareMeters < 1e7 ? 3 : 2 };
}
