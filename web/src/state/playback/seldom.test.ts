import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Seldom } from "./seldom";

describe("what is done seldom", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("is done once for many wishes, and again for later ones, never two within the time", async () => {
    const done: number[] = [];
    const start = Date.now();
    const seldom = new Seldom(30_000, () => done.push(Date.now() - start));
    for (let second = 0; second < 95; second += 5) {
      seldom.want();
      await vi.advanceTimersByTimeAsync(5000);
    }
    expect(done).toEqual([30_000, 60_000, 90_000]);
  });

  it("is not done when the wish is forgotten, nor without one", async () => {
    const act = vi.fn();
    const seldom = new Seldom(30_000, act);
    seldom.want();
    seldom.forget();
    await vi.advanceTimersByTimeAsync(90_000);
    expect(act).not.toHaveBeenCalled();
  });
});
