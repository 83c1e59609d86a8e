import { afterEach, describe, expect, it, vi } from "vitest";
import { centerZone, midnightBefore, setCenterZone, zonedParts } from "./zone";

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

  it("stays as it is when the browser does not know the name", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    setCenterZone("Mars/Olympus");
    expect(centerZone()).toBe("Asia/Shanghai");
    expect(warn).toHaveBeenCalledOnce();
  });
});
