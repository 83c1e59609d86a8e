import { describe, expect, it } from "vitest";
import type { AssessmentSnapshot } from "../../wire/contracts.gen";
import { byPeriod, lastDay, lengthOf, numberOf, weeksOf } from "./periods";

describe("a period's number", () => {
  it("is that of the year's calendar", () => {
    expect(numberOf("month", "2026-10-01")).toEqual({ year: 2026, n: 10 });
    expect(numberOf("quarter", "2026-10-01")).toEqual({ year: 2026, n: 4 });
    expect(numberOf("year", "2026-01-01")).toEqual({ year: 2026, n: 2026 });
  });

  it.each([
    ["2026-11-16", 2026, 47],
    ["2025-12-29", 2026, 1],
    ["2026-12-28", 2026, 53],
    ["2027-01-04", 2027, 1],
    ["2024-12-30", 2025, 1],
  ])("of the week from %s is as ISO 8601 counts them", (starts, year, n) => {
    expect(numberOf("week", starts)).toEqual({ year, n });
  });
});

it("a period ends with the day before its end", () => {
  expect(lastDay("2026-11-01")).toBe("2026-10-31");
  expect(lengthOf({ starts: "2026-02-01", ends: "2026-03-01" })).toBe(28);
});

it("versions stand with their period", () => {
  const of = (starts: string, version: number) => ({ starts, version }) as AssessmentSnapshot;
  const periods = byPeriod([of("2026-10-01", 2), of("2026-10-01", 1), of("2026-09-01", 1)]);
  expect(periods.map(({ starts, versions }) => [starts, versions.map(({ version }) => version)])).toEqual([
    ["2026-10-01", [2, 1]],
    ["2026-09-01", [1]],
  ]);
});

it("a month is laid out in weeks from Monday", () => {
  // The first of October 2026 is a Thursday.
  const weeks = weeksOf([{ day: "2026-10-02", state: "patrolled" }], "2026-10-01", "2026-11-01");
  expect(weeks).toHaveLength(5);
  expect(weeks[0]).toEqual([
    null,
    null,
    null,
    "2026-10-01",
    { day: "2026-10-02", state: "patrolled" },
    "2026-10-03",
    "2026-10-04",
  ]);
  expect(weeks[4].at(-1)).toBeNull();
  expect(weeks[4][5]).toBe("2026-10-31");
});
