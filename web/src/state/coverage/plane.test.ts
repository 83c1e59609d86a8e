import { describe, expect, it } from "vitest";
import { pictureOf } from "../../wire/coverageTesting";
import { codeOf, isKey, keyAt, keyBeside, placeOf, ringOf, squareAt } from "./plane";

const picture = pictureOf(40, 30, Array(1200).fill(3));

describe("squareAt", () => {
  it("finds again what placeOf gave", () => {
    for (const [x, y] of [
      [0.5, 0.5],
      [39.5, 29.5],
      [12.25, 7.75],
    ]) {
      const found = squareAt(picture, placeOf(picture, x, y));
      expect(found?.x).toBeCloseTo(x, 6);
      expect(found?.y).toBeCloseTo(y, 6);
    }
  });

  it("is null outside and on a picture without squares", () => {
    expect(squareAt(picture, placeOf(picture, 41, 3))).toBeNull();
    expect(squareAt(picture, placeOf(picture, 3, -1))).toBeNull();
    expect(squareAt(pictureOf(0, 0, []), [112.5, 37.8])).toBeNull();
  });

  it("takes a last node at the edge, not at a whole step", () => {
    const wide = { ...picture, nodes: { ...picture.nodes, step: 64 } };
    expect(placeOf(wide, 40, 0)[0]).toBeCloseTo(picture.nodes.longitudes[1], 9);
  });
});

describe("keys", () => {
  it("count squares of 25 m from the plane's own corner", () => {
    expect(keyAt({ ...picture, row: 5 }, placeOf(picture, 3.5, 2.5))).toBe(String(7 * 2 ** 32 + 17_003));
  });

  it("are those of 25 m also on a picture of larger squares", () => {
    const coarse = { ...picture, size: 100, row: 5 };
    expect(keyAt(coarse, placeOf(coarse, 3.6, 2.3))).toBe(String((7 * 4 + 1) * 2 ** 32 + 17_003 * 4 + 2));
  });

  it("lead to what the picture says of a square", () => {
    const codes = Array(1200).fill(3);
    codes[2 * 40 + 3] = 9;
    const marked = { ...pictureOf(40, 30, codes), row: 5 };
    const key = keyAt(marked, placeOf(marked, 3.5, 2.5)) ?? "";
    expect(codeOf(marked, key)).toBe(9);
    expect(codeOf(marked, keyBeside(key, 40, 0))).toBeNull();
    expect(codeOf({ ...marked, size: 50 }, key)).toBeNull();
  });

  it("lead to the squares beside", () => {
    const key = String(7 * 2 ** 32 + 17_003);
    expect(keyBeside(key, 1, 0)).toBe(String(7 * 2 ** 32 + 17_004));
    expect(keyBeside(key, 0, -1)).toBe(String(6 * 2 ** 32 + 17_003));
  });

  it("are numbers that are exact", () => {
    expect(isKey(String(7 * 2 ** 32))).toBe(true);
    expect(isKey("99999999999999999")).toBe(false);
    expect(isKey("12x")).toBe(false);
  });

  it("have a square around the place that they were found at", () => {
    const above = { ...picture, row: 5 };
    const ring = ringOf(above, keyAt(above, placeOf(picture, 3.5, 2.5)) ?? "");
    expect(ring).toHaveLength(5);
    expect(ring[0]).toEqual(placeOf(picture, 3, 2));
    expect(ring[2]).toEqual(placeOf(picture, 4, 3));
  });
});
