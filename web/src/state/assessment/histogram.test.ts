import { describe, expect, it } from "vitest";
import { barsOf, lineOf, trendOf } from "./histogram";

describe("a histogram", () => {
  it("fills its height with the fullest bucket", () => {
    const bars = barsOf({
      buckets: [
        { from: 0, to: 10, count: 2 },
        { from: 10, to: 20, count: 8 },
      ],
    });
    expect(bars.map(({ height }) => height)).toEqual([0.25, 1]);
  });

  it("has no bars where there are no scores", () => {
    expect(barsOf({ buckets: [{ from: 0, to: 10, count: 0 }] })[0].height).toBe(0);
  });
});

describe("a trend", () => {
  it("tells the difference in hundredths", () => {
    expect(trendOf(86.5, 81)).toEqual({ by: 5.5, way: "up" });
    expect(trendOf(80.1, 80.3)).toEqual({ by: -0.2, way: "down" });
    expect(trendOf(80, 80.001)).toEqual({ by: 0, way: "same" });
  });

  it("is none without both totals", () => {
    expect(trendOf(null, 80)).toBeNull();
    expect(trendOf(80, null)).toBeNull();
  });
});

it("a line runs from 0 at the foot to 100 at the top, with gaps", () => {
  expect(lineOf([0, null, 100], 200, 50)).toEqual([{ x: 0, y: 50 }, null, { x: 200, y: 0 }]);
  expect(lineOf([50], 200, 50)).toEqual([{ x: 100, y: 25 }]);
});
