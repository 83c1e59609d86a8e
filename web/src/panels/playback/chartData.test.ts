import { describe, expect, it } from "vitest";
import { chartData } from "./chartData";

const columns = (at: number[], speed: number[]) => ({
  length: at.length,
  at: Float64Array.from(at),
  speed: Uint16Array.from(speed),
  accuracy: Uint16Array.from(at.map(() => 80)),
  gapMs: 120_000,
});

describe("chart data", () => {
  it("is km/h and metres on the clock", () => {
    const data = chartData(columns([0, 5000], [500, 65_535]), 60_000, { from: 0, to: 100_000 });
    expect(data).toEqual({ at: [60, 65], speed: [18, null], accuracy: [8, 8] });
  });

  it("has a hole where nothing was reported", () => {
    const data = chartData(columns([0, 5000, 500_000], [100, 100, 100]), 0, { from: 0, to: 600_000 });
    expect(data.speed.map((value) => value === null)).toEqual([false, false, true, false]);
  });

  it("keeps the peaks of a day, in few points and in order", () => {
    const at = Array.from({ length: 17_280 }, (_, n) => n * 5000);
    const speed = at.map((_, n) => (n === 7777 ? 3000 : 100));
    const data = chartData(columns(at, speed), 0, { from: 0, to: 86_400_000 });
    expect(data.at.length).toBeLessThanOrEqual(1502);
    expect(Math.max(...data.speed.map((value) => value ?? 0))).toBeCloseTo(108);
    for (let i = 1; i < data.at.length; i++) expect(data.at[i]).toBeGreaterThan(data.at[i - 1]);
  });

  it("holds only what is in view, and the neighbours that lines lead to", () => {
    const at = Array.from({ length: 100 }, (_, n) => n * 1000);
    const data = chartData(
      columns(
        at,
        at.map(() => 1),
      ),
      0,
      { from: 10_000, to: 20_000 },
    );
    expect(data.at[0]).toBe(9);
    expect(data.at.at(-1)).toBe(20);
  });
});
