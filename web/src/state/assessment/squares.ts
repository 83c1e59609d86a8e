import type { Bounds } from "../areas";

/** Squares side by side that are alike, as the evidence of coverage has them. */
export interface SquareRun {
  type: "Feature";
  geometry: { type: "Polygon"; coordinates: [number, number][][] };
  properties: { visited: number; due: number; cells: number };
}

export interface Squares {
  type: "FeatureCollection";
  features: SquareRun[];
}

/** The evidence's squares; null: it has none. */
export function squaresOf(cells: unknown): Squares | null {
  const found = cells as Squares | null | undefined;
  return Array.isArray(found?.features) ? found : null;
}

/** Beyond this many squares a map shows their runs: their edges could not be told apart. */
const MOST_SINGLES = 20_000;

/** Each square for itself. A run goes from west to east, and its corners stand in this order: south-west, south-east, north-east, north-west. */
export function singles(squares: Squares): Squares {
  if (countSquares(squares).all > MOST_SINGLES) return squares;
  const features = squares.features.flatMap((run) => {
    const [southWest, southEast, northEast, northWest] = run.geometry.coordinates[0];
    const { cells } = run.properties;
    if (cells <= 1 || !northWest) return [run];
    return Array.from({ length: cells }, (_, n): SquareRun => {
      const [a, b] = [between(southWest, southEast, n / cells), between(southWest, southEast, (n + 1) / cells)];
      const [c, d] = [between(northWest, northEast, (n + 1) / cells), between(northWest, northEast, n / cells)];
      return {
        type: "Feature",
        geometry: { type: "Polygon", coordinates: [[a, b, c, d, a]] },
        properties: { ...run.properties, cells: 1 },
      };
    });
  });
  return { type: "FeatureCollection", features };
}

const between = (from: [number, number], to: [number, number], share: number): [number, number] => [
  from[0] + (to[0] - from[0]) * share,
  from[1] + (to[1] - from[1]) * share,
];

/** How many squares were visited in none, some and all of the spans in which they were due. */
export interface SquareCounts {
  never: number;
  partly: number;
  always: number;
  all: number;
}

export type Visited = "never" | "partly" | "always";

export const visitedOf = ({ visited, due }: { visited: number; due: number }): Visited =>
  visited <= 0 ? "never" : visited < due ? "partly" : "always";

export function countSquares({ features }: Squares): SquareCounts {
  const counts: SquareCounts = { never: 0, partly: 0, always: 0, all: 0 };
  for (const { properties } of features) {
    counts[visitedOf(properties)] += properties.cells;
    counts.all += properties.cells;
  }
  return counts;
}

/** The box around all of them; null: there are none. */
export function boundsOfSquares({ features }: Squares): Bounds | null {
  let box: Bounds | null = null;
  for (const { geometry } of features) {
    for (const [longitude, latitude] of geometry.coordinates[0] ?? []) {
      box = box
        ? [
            Math.min(box[0], longitude),
            Math.min(box[1], latitude),
            Math.max(box[2], longitude),
            Math.max(box[3], latitude),
          ]
        : [longitude, latitude, longitude, latitude];
    }
  }
  return box;
}
