import { afterEach, describe, expect, it } from "vitest";
import { guardLeaving, isGuarded, mayLeave } from "./leaving";

const ends: (() => void)[] = [];
const guard = (yes: boolean) => ends.push(guardLeaving(async () => yes));

describe("leaving a page", () => {
  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });

  it("is free where nothing would be lost", async () => {
    expect(isGuarded()).toBe(false);
    expect(await mayLeave()).toBe(true);
  });

  it("is stopped by one that says no", async () => {
    guard(true);
    guard(false);
    expect(await mayLeave()).toBe(false);
  });

  it("is free again once its guard has ended", async () => {
    guard(false);
    ends.pop()?.();
    expect(isGuarded()).toBe(false);
    expect(await mayLeave()).toBe(true);
  });
});
