import { describe, expect, it } from "vitest";
import type { ScoreIndicator } from "../../wire/contracts.gen";
import { cut, pencilOf, ratioOf } from "./pencil";

const one = (weight: number, points: number | null): ScoreIndicator => ({
  indicator: "grid-coverage",
  numerator: null,
  denominator: null,
  samples: 0,
  value: null,
  points,
  weight,
  effectiveWeight: 0,
  excluded: [],
  noData: points === null ? "too-few" : null,
  evidence: null,
});

describe("a total by pencil", () => {
  it("comes to what docs/assessment.md comes to for Wang", () => {
    const wang = [
      one(0.35, 90),
      one(0.2, 90.91),
      one(0.05, 80),
      one(0.05, 75),
      one(0.1, 100),
      one(0.1, null),
      one(0.1, null),
      one(0.05, null),
      one(0, 60),
    ];
    const pencil = pencilOf({ indicators: wang });
    expect(pencil.products).toEqual([3150, 1818.2, 400, 375, 1000, null, null, null, 0]);
    expect(pencil).toMatchObject({ sum: 6743.2, covered: 75, missing: 25, total: 89.91 });
    expect(pencil.quotient).toBeCloseTo(89.9093, 4);
  });

  it("leaves what has no data out of both sides, and never counts it as nought", () => {
    const pencil = pencilOf({ indicators: [one(0.35, 100), one(0.2, 100), one(0.45, null)] });
    expect(pencil).toMatchObject({ sum: 5500, covered: 55, missing: 45, total: 100 });
  });

  it("has no quotient where nothing is covered", () => {
    expect(pencilOf({ indicators: [one(1, null)] })).toMatchObject({ sum: 0, covered: 0, missing: 100, total: null });
    expect(pencilOf({ indicators: [] }).total).toBeNull();
  });

  it("rounds half up, as the server does", () => {
    // (0.01 + 0) / 2 points of two decimals: 0.005.
    expect(pencilOf({ indicators: [one(0.5, 0.01), one(0.5, 0)] }).total).toBe(0.01);
  });

  it("is exact where weights are no binary fractions", () => {
    const pencil = pencilOf({ indicators: [one(0.1, 33.33), one(0.2, 33.33), one(0.7, 33.33)] });
    expect(pencil).toMatchObject({ sum: 3333, covered: 100, total: 33.33 });
  });
});

describe("cut", () => {
  it("says when there is more behind", () => {
    expect(cut(20 / 22, 4)).toEqual({ value: 0.909, goesOn: true });
    expect(cut(6743.2 / 75, 4)).toEqual({ value: 89.9093, goesOn: true });
    expect(cut(0.81, 4)).toEqual({ value: 0.81, goesOn: false });
    expect(cut(1.1 * 3, 1)).toEqual({ value: 3.3, goesOn: false });
  });
});

it("a value has all of its decimals, not the four that are sent", () => {
  const two = { ...one(0.05, 66.67), numerator: 2, denominator: 3, value: 0.6667 };
  expect(ratioOf(two)).toBeCloseTo(2 / 3, 12);
  expect(ratioOf({ ...two, value: null })).toBeNull();
});
