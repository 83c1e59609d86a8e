import { expect, it } from "vitest";
import { boundsOfSquares, countSquares, type SquareRun, singles, squaresOf } from "./squares";

const run = (visited: number, due: number, cells: number, west: number): SquareRun => ({
  type: "Feature",
  geometry: {
    type: "Polygon",
    coordinates: [
      [
        [west, 37],
        [west + 1, 37],
        [west + 1, 38],
        [west, 38],
        [west, 37],
      ],
    ],
  },
  properties: { visited, due, cells },
});
const squares = {
  type: "FeatureCollection" as const,
  features: [run(0, 4, 5, 112), run(3, 4, 2, 113), run(4, 4, 7, 115)],
};

it("squares are counted by what was visited of what was due", () => {
  expect(countSquares(squares)).toEqual({ never: 5, partly: 2, always: 7, all: 14 });
});

it("the map shows all of them", () => {
  expect(boundsOfSquares(squares)).toEqual([112, 37, 116, 38]);
  expect(boundsOfSquares({ type: "FeatureCollection", features: [] })).toBeNull();
});

it("evidence of other kinds has none", () => {
  expect(squaresOf(null)).toBeNull();
  expect(squaresOf({ type: "FeatureCollection", features: [] })?.features).toEqual([]);
});

it("a run is drawn square by square, from west to east", () => {
  const one = singles({ type: "FeatureCollection", features: [run(3, 4, 2, 113)] });
  expect(one.features.map(({ geometry }) => geometry.coordinates[0].map(([longitude]) => longitude))).toEqual([
    [113, 113.5, 113.5, 113, 113],
    [113.5, 114, 114, 113.5, 113.5],
  ]);
  expect(one.features[1].properties).toEqual({ visited: 3, due: 4, cells: 1 });
  expect(countSquares(singles(squares))).toEqual(countSquares(squares));
});

it("more than a map can tell apart stay as they are", () => {
  const many = { type: "FeatureCollection" as const, features: [run(0, 1, 20_001, 112)] };
  expect(singles(many)).toBe(many);
});
