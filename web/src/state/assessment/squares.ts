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
