import { describe, expect, it } from "vitest";
import { instantOf, zoneTime } from "./zoneTime";

describe("zoneTime", () => {
  it("shows the center's clock, not the browser's", () =>
    expect(zoneTime("2026-11-22T17:05:09Z")).toBe("2026-11-23 01:05:09"));
  it("writes midnight as 00", () => expect(zoneTime("2026-11-21T16:00:00Z")).toBe("2026-11-22 00:00:00"));
  it("shows a dash for what never was", () => expect(zoneTime(null)).toBe("–"));
});

describe("instantOf", () => {
  it("reads a local time in the center's zone", () =>
    expect(instantOf("2026-11-22T08:00")).toBe("2026-11-22T00:00:00.000Z"));
  it("refuses nonsense", () => expect(instantOf("tomorrow")).toBeNull());
  it("is the inverse of zoneTime", () => {
    const iso = instantOf("2026-03-01T23:59:07");
    expect(zoneTime(iso)).toBe("2026-03-01 23:59:07");
  });
});
