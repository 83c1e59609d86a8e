import { describe, expect, it } from "vitest";
import { setupToken } from "../pages/setupToken";
import { backoffMs } from "./backoff";
import { fromWire } from "./frames";
import { retryAfter } from "./rawCall";

describe("backoffMs", () => {
  it("doubles from half a second, jittered over its upper half", () => {
    expect(backoffMs(0, 0)).toBe(250);
    expect(backoffMs(0, 1)).toBe(500);
    expect(backoffMs(3, 1)).toBe(4000);
  });
  it("never waits longer than 20 s, however long the server is away", () => {
    expect(backoffMs(10_000, 1)).toBe(20_000);
  });
});

describe("retryAfter", () => {
  const now = Date.parse("2026-11-22T07:00:00Z");
  it("reads seconds and dates", () => {
    expect(retryAfter("7", now)).toBe(7);
    expect(retryAfter("Sun, 22 Nov 2026 07:00:30 GMT", now)).toBe(30);
  });
  it("makes nothing of nonsense", () => {
    expect(retryAfter(null, now)).toBeNull();
    expect(retryAfter("soon", now)).toBeNull();
  });
});

describe("fromWire", () => {
  const base = { epoch: "e", tick: 5, time: 9, full: true, count: 1, crowded: false };
  it("takes bytes as they are and base64 from the JSON protocol", () => {
    const bytes = Uint8Array.from([1, 2, 250]);
    expect(fromWire({ ...base, records: bytes }).records).toBe(bytes);
    expect([...fromWire({ ...base, records: "AQL6" }).records]).toEqual([1, 2, 250]);
  });
  it("turns 64-bit numbers into plain ones and missing parts into null", () => {
    const frame = fromWire({ ...base, tick: 12n, time: 34n, records: null });
    expect(frame.tick).toBe(12);
    expect(frame.time).toBe(34);
    expect(frame.records).toHaveLength(0);
    expect(frame.counts).toBeNull();
    expect(frame.names).toBeNull();
  });
});

describe("setupToken", () => {
  it("reads both forms of the link", () => {
    expect(setupToken("#token=abc-_1")).toBe("abc-_1");
    expect(setupToken("#abc-_1")).toBe("abc-_1");
    expect(setupToken("")).toBeNull();
    expect(setupToken("#other=1")).toBeNull();
  });
});
