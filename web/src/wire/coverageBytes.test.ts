import { describe, expect, it } from "vitest";
import { decodeCoverage, measuredOf, secondsOf } from "./coverageBytes";
import { encodeCoverage, pictureOf } from "./coverageTesting";

describe("decodeCoverage", () => {
  it("reads what was written, negative rows and runs included", () => {
    const picture = pictureOf(5, 3, [0, 0, 3, 3, 3, 1, 2, 2, 258, 0, 4, 4, 4, 4, 4]);
    const read = decodeCoverage(encodeCoverage(picture));
    expect({ ...read, nodes: null }).toEqual({ ...picture, nodes: null });
    for (const axis of ["longitudes", "latitudes"] as const)
      picture.nodes[axis].forEach((degrees, at) => {
        expect(read.nodes[axis][at]).toBeCloseTo(degrees, 7);
      });
  });

  it("reads an area without ground", () => {
    const read = decodeCoverage(encodeCoverage(pictureOf(0, 0, [])));
    expect([read.columns, read.rows, read.days, read.reckoned]).toEqual([0, 0, 7, 6]);
  });

  it("refuses what is cut off, of another kind, or longer than its row", () => {
    const bytes = encodeCoverage(pictureOf(5, 1, [3, 3, 3, 3, 3]));
    expect(() => decodeCoverage(bytes.slice(0, -1))).toThrow("ends early");
    expect(() => decodeCoverage(Uint8Array.from([...bytes.slice(0, -1), 9]))).toThrow("beyond its row");
    expect(() => decodeCoverage(new TextEncoder().encode('{"error"'))).toThrow("not a picture");
  });
});

describe("values", () => {
  it("step seconds by an eighth at most", () => {
    expect([0, 7, 8, 15, 16, 24].map(secondsOf)).toEqual([0, 7, 8, 15, 16, 32]);
    for (let value = 8; value < 200; value++)
      expect(secondsOf(value + 1) / secondsOf(value)).toBeLessThanOrEqual(1.125);
  });

  it("are divided by their unit", () => {
    expect(measuredOf({ unit: 10 }, 3 + 14)).toBe(1.4);
    expect(measuredOf({ unit: 1 }, 3)).toBe(0);
    expect(measuredOf({ unit: 0 }, 3 + 16)).toBe(16);
  });
});
