import { describe, expect, it } from "vitest";
import { refusalOf } from "../panels/playback/refusals";
import { againAfter } from "./useReadAgain";

describe("a replay whose reading broke", () => {
  it("asks again ever more seldom while the server is away, never seldomer than every 20 s, and not all at once", () => {
    const away = refusalOf(0, "broken");
    const waits = Array.from({ length: 20 }, (_, n) => againAfter(away, n, 1) ?? Number.NaN);
    expect(waits.slice(0, 6)).toEqual([2, 2, 2, 4, 8, 16]);
    expect(Math.max(...waits)).toBe(20);
    expect(againAfter(away, 9, 0)).toBe(10);
  });

  it("waits as long as a busy server says, and a little", () => {
    expect(againAfter(refusalOf(429, null, 8), 0, 0)).toBe(8);
    expect(againAfter(refusalOf(429, null, 8), 5, 1)).toBe(10);
  });

  it.each([400, 401, 403, 404, 428, 500])("does not ask by itself after %d", (status) => {
    expect(againAfter(refusalOf(status, "no"), 0, 0.5)).toBeNull();
  });

  it("asks for nothing when nothing was refused", () => expect(againAfter(null, 0, 0.5)).toBeNull());
});
