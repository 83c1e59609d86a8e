import { describe, expect, it } from "vitest";
import { dayAfter } from "../../state/calendarDays";
import { lastDay, lengthOf } from "./jobTimes";

describe("lengthOf", () => {
  it.each([
    [0.4, "underSecond", 0, 0],
    [1, "seconds", 1, 0],
    [59.6, "minutes", 1, 0],
    [125, "minutes", 2, 5],
    [3725, "hours", 1, 2],
    [90_000, "days", 1, 1],
  ])("says %d s in two units", (seconds, key, n, rest) => {
    expect(lengthOf(seconds)).toEqual({ key, values: { n, rest } });
  });
});

describe("a window's days", () => {
  it("go over the end of a month", () => expect(dayAfter("2026-02-28", 1)).toBe("2026-03-01"));
  it("go back over the end of a year", () => expect(dayAfter("2026-01-01", -1)).toBe("2025-12-31"));
  it("end with the day before the exclusive end", () => {
    expect(lastDay({ from: "2026-01-31", to: "2026-02-02" })).toEqual({
      from: "2026-01-31",
      last: "2026-02-01",
      days: 2,
    });
  });
});
