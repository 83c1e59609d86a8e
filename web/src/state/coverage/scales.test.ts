import { describe, expect, it } from "vitest";
import { MEASURES } from "../../wire/coverageBytes";
import { pictureOf } from "../../wire/coverageTesting";
import { classesOf, colorsOf, countsOf, FIRST_STEP, MOST_CLASSES, noDataColor, STEPS, stepOf } from "./scales";

/** CIE lightness, 0 to 100. */
function lightness(hex: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  const y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y;
}

describe("scales", () => {
  it.each(MEASURES)("give each step of %s a colour of its own, further from the ground the more it says", (measure) => {
    for (const style of ["night", "day"] as const) {
      const levels = colorsOf(measure, style).map(lightness);
      expect(levels).toHaveLength(STEPS[measure].length);
      for (let n = 1; n < levels.length; n++) {
        const grown = style === "night" ? levels[n] - levels[n - 1] : levels[n - 1] - levels[n];
        // Told apart without hue at all: that is what every kind of colour vision has.
        expect(grown, `${style} ${n}`).toBeGreaterThan(4);
      }
    }
  });

  it("keep the colour of no data out of them", () => {
    for (const style of ["night", "day"] as const)
      for (const measure of MEASURES) expect(colorsOf(measure, style)).not.toContain(noDataColor(style));
  });

  it("fit the shader", () => {
    for (const measure of MEASURES) expect(FIRST_STEP + STEPS[measure].length).toBeLessThanOrEqual(MOST_CLASSES);
  });

  it("put a value into the step that begins with it", () => {
    expect([0, 1, 2, 3, 4, 7, 8, 30, 31, 59, 255].map((age) => stepOf("age", age))).toEqual([
      0, 1, 2, 2, 3, 3, 4, 5, 6, 6, 7,
    ]);
    expect([0, 0.1, 0.9, 1, 20].map((visits) => stepOf("visits", visits))).toEqual([0, 1, 1, 2, 6]);
  });
});

describe("classesOf", () => {
  it("keeps outside, masked and unknown apart from values, and counts", () => {
    const counted = new Uint32Array(MOST_CLASSES);
    const classes = classesOf(pictureOf(6, 1, [0, 1, 2, 3, 3 + 5, 3 + 255]), counted);
    expect([...classes]).toEqual([0, 1, 2, 3, 6, 10]);
    expect(countsOf("age", counted)).toEqual({
      steps: [1, 0, 0, 1, 0, 0, 0, 1],
      noData: 1,
      notPatrolled: 1,
      patrollable: 4,
    });
  });
});
