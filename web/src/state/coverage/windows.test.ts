import { describe, expect, it } from "vitest";
import { isDay } from "../calendarDays";
import { centerDay, endAt, hasToday, isEnd, LENGTHS, stepsBack, stopsOf, windowOf } from "./windows";

const today = "2026-11-23";

describe("the window on the slider", () => {
  it("ends with today at its right end, and so many days before that further left", () => {
    expect(windowOf(7, null, today)).toEqual({ from: "2026-11-17", to: "2026-11-24" });
    expect(windowOf(7, endAt(7, 1, today), today)).toEqual({ from: "2026-11-10", to: "2026-11-17" });
    expect(windowOf(1, endAt(1, 2, today), today)).toEqual({ from: "2026-11-21", to: "2026-11-22" });
  });

  it("comes back to the stop it was set at", () => {
    for (const length of LENGTHS)
      for (let back = 0; back < stopsOf(length); back++)
        expect(stepsBack(length, endAt(length, back, today), today)).toBe(back);
  });

  it("stands at the nearest stop when the address says another day, and at the last for one further back", () => {
    expect(stepsBack(7, "2026-11-15", today)).toBe(1);
    expect(stepsBack(7, "2020-01-01", today)).toBe(25);
  });

  it("knows whether it still grows", () => {
    expect(hasToday(windowOf(7, null, today), today)).toBe(true);
    expect(hasToday(windowOf(7, "2026-11-23", today), today)).toBe(false);
  });

  it("goes by the center's day", () => {
    expect(centerDay(Date.parse("2026-11-22T16:30:00Z"))).toBe("2026-11-23");
  });
});

describe("an end in the address", () => {
  it("is a day, not after today", () => {
    expect(isEnd("2026-11-23", today)).toBe(true);
    expect(isEnd("2026-11-25", today)).toBe(false);
    expect(isDay("2026-02-30")).toBe(false);
    expect(isDay("2026-02-28")).toBe(true);
  });
});
