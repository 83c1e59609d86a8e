import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodeCoverage, FIRST_VALUE, MEASURES, secondsOf } from "./coverageBytes";

interface Case {
  name: string;
  hex: string;
  value: {
    meters: number;
    measure: number;
    unit: number;
    epsg: number;
    column: number;
    row: number;
    columns: number;
    rows: number;
    days: number;
    reckoned: number;
    step: number;
    /** In 1e-7 degrees. */
    nodes: [number, number][];
    squares: number[];
  };
}

const file = new URL("../../../tests/golden/coverage-packed.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: Case[] };

describe("the server's bytes of a picture", () => {
  it.each(cases)("are read as meant: $name", ({ hex, value }) => {
    const bytes = Uint8Array.from(hex.match(/../g) ?? [], (two) => Number.parseInt(two, 16));
    const read = decodeCoverage(bytes);
    const { meters, measure, step, nodes, squares, ...rest } = value;
    expect(read).toMatchObject({ ...rest, size: meters, measure: MEASURES[measure] });
    // Seconds stand there as what their steps mean.
    const codes = [...read.codes].map((code) =>
      read.unit === 0 && code >= FIRST_VALUE ? secondsOf(code - FIRST_VALUE) + FIRST_VALUE : code,
    );
    expect(codes).toEqual(squares);
    if (squares.length === 0) return;
    expect(read.nodes.step).toBe(step);
    const tenMillionths = (of: Float64Array) => [...of].map((degrees) => Math.round(degrees * 1e7));
    expect(tenMillionths(read.nodes.longitudes)).toEqual(nodes.map(([longitude]) => longitude));
    expect(tenMillionths(read.nodes.latitudes)).toEqual(nodes.map(([, latitude]) => latitude));
  });
});
