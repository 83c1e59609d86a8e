import { describe, expect, it } from "vitest";
import { pictureOf, simplified, WIDTH } from "./fileShapes";

const square = (x: number, y: number, side = 0.01) => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
  [x, y],
];
const feature = (code: unknown, geometry: unknown) => ({
  type: "Feature",
  properties: { code, name: `n${code}` },
  geometry,
});
const polygon = (x: number, y: number) => ({ type: "Polygon", coordinates: [square(x, y)] });
const file = (...features: unknown[]) => JSON.stringify({ type: "FeatureCollection", features });

describe("pictureOf", () => {
  it("fills the width, north on top", () => {
    const picture = pictureOf(file(feature("south", polygon(112.5, 37.8)), feature("north", polygon(112.52, 37.81))));
    const [south, north] = picture?.shapes ?? [];
    expect(south.box[0]).toBeCloseTo(0);
    expect(north.box[2]).toBeCloseTo(WIDTH);
    expect(north.box[1]).toBeLessThan(south.box[1]);
  });

  it("counts features as the report does, those without a border too", () => {
    const picture = pictureOf(file(feature("a", null), feature(7, polygon(112.5, 37.8))));
    expect(picture?.shapes).toMatchObject([{ row: 2, code: "7", name: "n7" }]);
  });

  it("draws no more than it may and says how many it left off", () => {
    const many = Array.from({ length: 12 }, (_, n) => feature(n, polygon(112 + n * 0.02, 37.8)));
    const picture = pictureOf(file(...many), 10);
    expect(picture?.shapes).toHaveLength(10);
    expect(picture?.leftOff).toBe(2);
  });

  it("leaves out what lies on the other side of the world", () => {
    const near = Array.from({ length: 9 }, (_, n) => feature(n, polygon(112 + n * 0.02, 37.8)));
    const picture = pictureOf(file(...near, feature("swapped", polygon(37.8, 12))));
    expect(picture?.farAway).toBe(1);
    expect(picture?.shapes).toHaveLength(9);
  });

  it("has no picture of what is no map", () => {
    expect(pictureOf("{}")).toBeNull();
    expect(pictureOf("[]")).toBeNull();
    expect(pictureOf(file(null, 3, feature("a", { type: "Polygon", coordinates: [[["x", 1]]] })))).toBeNull();
    expect(pictureOf(file(feature("a", { type: "Point", coordinates: [1, 2] })))).toBeNull();
  });
});

describe("simplified", () => {
  const wave = Array.from({ length: 2001 }, (_, n) => [n / 2, Math.sin(n / 40) * 5] as const);

  it("keeps both ends and stays within the tolerance's count", () => {
    const kept = simplified(wave, 0.5);
    expect(kept[0]).toEqual(wave[0]);
    expect(kept.at(-1)).toEqual(wave.at(-1));
    expect(kept.length).toBeLessThan(wave.length / 10);
  });

  it("never gives more corners than asked for", () => expect(simplified(wave, 0, 50).length).toBeLessThanOrEqual(50));
});
