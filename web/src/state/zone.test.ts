import { afterEach, describe, expect, it, vi } from "vitest";
import {
  addDays,
  centerZone,
  daysBetween,
  instantOfWall,
  midnightBefore,
  setCenterZone,
  wallOf,
  zonedParts,
} from "./zone";

const at = Date.parse;

describe("the center's zone", () => {
  afterEach(() => setCenterZone("Asia/Shanghai"));

  it("is what the session says", () => {
    const at = Date.parse("2026-11-22T16:30:00Z");
    expect(zonedParts(at)).toEqual({ hour: 0, minute: 30, second: 0 });
    setCenterZone("Asia/Urumqi");
    expect(centerZone()).toBe("Asia/Urumqi");
    expect(zonedParts(at)).toEqual({ hour: 22, minute: 30, second: 0 });
    expect(midnightBefore(at)).toBe(Date.parse("2026-11-21T18:00:00Z"));
  });

  it.each([
    ["2026-03-29T12:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", 23],
    ["2026-10-25T12:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", 25],
    ["2026-10-25T00:30:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", 25],
    ["2026-07-01T12:00:00Z", "2026-06-30T22:00:00Z", "2026-07-01T22:00:00Z", 24],
  ])("has days as long as its calendar's: the one around %s", (ms, from, to, hours) => {
    setCenterZone("Europe/Berlin");
    const midnight = midnightBefore(at(ms));
    expect([midnight, addDays(midnight, 1)]).toEqual([at(from), at(to)]);
    expect((at(to) - at(from)) / 3_600_000).toBe(hours);
    expect(midnightBefore(at(to) - 1)).toBe(midnight);
    expect(daysBetween(at(ms), at(to))).toBe(1);
  });

  it("takes the first of two times, and goes on after one that is skipped", () => {
    setCenterZone("Europe/Berlin");
    const wall = (local: string) => at(`${local}Z`);
    expect(instantOfWall(wall("2026-10-25T02:30:00"))).toBe(at("2026-10-25T00:30:00Z"));
    expect(wallOf(at("2026-10-25T01:30:00Z"))).toBe(wall("2026-10-25T02:30:00"));
    expect(instantOfWall(wall("2026-03-29T02:30:00"))).toBe(at("2026-03-29T01:30:00Z"));
    setCenterZone("Africa/Cairo"); // Its clock is put on at midnight: the day begins at one.
    expect(midnightBefore(at("2026-04-24T12:00:00Z"))).toBe(at("2026-04-23T22:00:00Z"));
  });

  it("keeps the time of day over a change of the clock, and ms", () => {
    setCenterZone("Europe/Berlin");
    expect(addDays(at("2026-03-28T07:00:00.250Z"), 1)).toBe(at("2026-03-29T06:00:00.250Z"));
    expect(addDays(at("2026-10-26T07:00:00Z"), -2)).toBe(at("2026-10-24T06:00:00Z"));
  });

  it("stays as it is when the browser does not know the name", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    setCenterZone("Mars/Olympus");
    expect(centerZone()).toBe("Asia/Shanghai");
    expect(warn).toHaveBeenCalledOnce();
  });
});
