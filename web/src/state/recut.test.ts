import gcoord from "gcoord";
import { describe, expect, it } from "vitest";
import { mercatorX, mercatorY } from "./mercator";
import { recut } from "./recut";

const SIZE = 256;
const gcj02 = (longitude: number, latitude: number) =>
  gcoord.transform([longitude, latitude] as [number, number], gcoord.WGS84, gcoord.GCJ02) as [number, number];
const none = (longitude: number, latitude: number) => [longitude, latitude] as const;

/** Pixel of the whole world at a zoom. */
const pixel = (longitude: number, latitude: number, z: number) => [
  mercatorX(longitude) * 2 ** z * SIZE,
  mercatorY(latitude) * 2 ** z * SIZE,
];

describe("cutting tiles of a shifted basemap", () => {
  it("leaves an unshifted one as it is", () => {
    expect(recut(14, 13_310, 6_331, SIZE, none)).toEqual([{ x: 13_310, y: 6_331, left: 0, top: 0 }]);
  });

  it.each([10, 13, 16, 18])("puts a place where it belongs, to the pixel, at zoom %d", (z) => {
    const place = [112.5489, 37.8706] as const;
    const [px, py] = pixel(...place, z);
    const x = Math.floor(px / SIZE);
    const y = Math.floor(py / SIZE);
    const [gx, gy] = pixel(...gcj02(...place), z);
    const pieces = recut(z, x, y, SIZE, gcj02);
    const piece = pieces.find((p) => p.x === Math.floor(gx / SIZE) && p.y === Math.floor(gy / SIZE));
    expect(piece).toBeDefined();
    if (!piece) return;
    expect(Math.abs(gx - piece.x * SIZE + piece.left - (px - x * SIZE))).toBeLessThan(1.5);
    expect(Math.abs(gy - piece.y * SIZE + piece.top - (py - y * SIZE))).toBeLessThan(1.5);
  });

  it("covers the whole tile with at most four neighbours", () => {
    const pieces = recut(15, 26_620, 12_662, SIZE, gcj02);
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.length).toBeLessThanOrEqual(4);
    let covered = 0;
    for (const { left, top } of pieces) {
      covered += (Math.min(SIZE, left + SIZE) - Math.max(0, left)) * (Math.min(SIZE, top + SIZE) - Math.max(0, top));
    }
    expect(covered).toBe(SIZE * SIZE);
  });

  it("asks for nothing beyond the poles", () => {
    for (const { y } of recut(3, 0, 0, SIZE, (lon, lat) => [lon, Math.min(89, lat + 3)]))
      expect(y).toBeGreaterThanOrEqual(0);
  });
});
