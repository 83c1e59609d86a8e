import { describe, expect, it } from "vitest";
import { GapRule } from "./gaps";
import { gapSettings } from "./settings";
import { DEFAULT_SETTINGS } from "./types";

const told = { gapSeconds: 300, gapIntervals: 4, trackEndSeconds: 1200, maxWorkerHours: 48, maxAreaHours: 1 };
/** A fix every so many seconds. */
const fixes = (seconds: number) => Float64Array.from({ length: 50 }, (_, n) => n * seconds * 1000);

describe("the server's thresholds of a gap", () => {
  it.each([
    [5, 300],
    [90, 360],
    [600, 1200],
  ])("are what a device that reports every %d s is measured by: %d s", (interval, seconds) => {
    const rule = new GapRule({ ...DEFAULT_SETTINGS, ...gapSettings(told) });
    rule.look(fixes(interval), 50);
    expect(rule.thresholdMs).toBe(seconds * 1000);
  });
});
