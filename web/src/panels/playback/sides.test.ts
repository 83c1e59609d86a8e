import { describe, expect, it } from "vitest";
import { nearSpan } from "./nearAsk";
import { readPlayback, writePlayback } from "./playbackView";
import { canCompare, sidesOf } from "./sides";

const who = (row: number, code: string, set = 0) => ({ row, code, set });

describe("two halves of a page", () => {
  it("show two days beside each other", () => {
    const sides = sidesOf([who(0, "W1"), who(2, "W1", 1), who(1, "W2"), who(3, "W2", 1)], "W1");
    expect(sides).toEqual({ left: new Set([0, 1]), right: new Set([2, 3]) });
  });

  it("show the first chosen person and the others", () => {
    const sides = sidesOf([who(1, "W1"), who(0, "W2"), who(2, "W3")], "W1");
    expect(sides).toEqual({ left: new Set([1]), right: new Set([0, 2]) });
  });

  it("are one while there is nobody to compare with", () => {
    expect(sidesOf([who(0, "W1")], "W1")).toBeNull();
    expect(sidesOf([], null)).toBeNull();
    expect(canCompare({ area: null, workers: ["W1"], shift: 0 })).toBe(false);
    expect(canCompare({ area: "140106", workers: [], shift: 0 })).toBe(false);
    expect(canCompare({ area: null, workers: ["W1"], shift: -86_400_000 })).toBe(true);
  });

  it("are in the address", () => {
    const view = readPlayback("?workers=W1,W2&view=beside");
    expect(view.beside).toBe(true);
    expect(writePlayback(view)).toBe("?workers=W1,W2&view=beside");
    expect(readPlayback("?workers=W1,W2").beside).toBe(false);
  });
});

it("who was near is asked for around the moment, and never beyond now", () => {
  const now = 1_790_000_000_000;
  expect(nearSpan({ ms: now - 3_600_000, minutes: 15 }, now)).toEqual({ from: now - 4_500_000, to: now - 2_700_000 });
  expect(nearSpan({ ms: now, minutes: 5 }, now + 500)).toEqual({ from: now - 300_000, to: now });
});
