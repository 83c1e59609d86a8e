import { describe, expect, it } from "vitest";
import { GapRule } from "./gaps";
import { DEFAULT_SETTINGS } from "./types";

/** Seconds between fixes, repeated. */
const every = (seconds: number, times: number): number[] => Array(times).fill(seconds);

function of(steps: readonly number[], parts = 1): number {
  const at = Float64Array.from([0, ...steps]);
  for (let i = 1; i < at.length; i++) at[i] = at[i - 1] + steps[i - 1] * 1000;
  const rule = new GapRule(DEFAULT_SETTINGS);
  for (let part = 1; part <= parts; part++) rule.look(at, Math.round((at.length * part) / parts));
  return rule.thresholdMs / 1000;
}

/** The vectors of the server's GapRulesTests: a gap on the page is a gap of the summary and of an export. */
describe("from when on a silence is a gap", () => {
  it.each([
    [1, 120],
    [5, 120],
    [30, 120],
    [60, 180],
    [120, 360],
    [290, 900],
    [600, 900],
  ])("adapts to a device that reports every %d s: %d s", (interval, seconds) => {
    expect(of(every(interval, 50))).toBe(seconds);
  });

  it("takes nights and holidays for no interval", () => {
    expect(of([...every(60, 10), 50_000, ...every(60, 10), 50_000, ...every(60, 10)])).toBe(180);
  });

  it("is not moved by one fix more", () => {
    const steps = every(60, 50);
    expect(of([...steps.slice(0, 7), 20, 40, ...steps.slice(8)])).toBe(of(steps));
  });

  it("is the option without fixes, and with two of one moment", () => {
    expect(of([])).toBe(120);
    expect(of([0])).toBe(120);
  });

  it("is the same however the fixes came", () => {
    const steps = [...every(100, 40), ...every(7, 39)];
    expect(of(steps, 9)).toBe(of(steps));
    expect(of(steps)).toBe(360);
  });
});
