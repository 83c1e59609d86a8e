import { describe, expect, it } from "vitest";
import { fix as fixAt } from "../../wire/trackTesting";
import { bookOf, MINUTE, NOON, part, take } from "./playbackTesting";
import { SosFinder } from "./sos";
import { FixFlag } from "./types";

const fix = (minute: number, flags = 0) => fixAt(NOON + minute * MINUTE, { flags });

describe("calls for help in tracks", () => {
  it("are one call while the phone repeats it, and another after a pause", () => {
    const book = bookOf([
      [1, [fix(0), fix(1, FixFlag.sos), fix(2, FixFlag.sos), fix(3), fix(20, FixFlag.sos)]],
      [2, [fix(5, FixFlag.sos | FixFlag.late)]],
    ]);
    expect(new SosFinder().find(book.tracks)).toEqual([
      { row: 0, ms: NOON + MINUTE, fix: 1, count: 2, isLate: false },
      { row: 1, ms: NOON + 5 * MINUTE, fix: 0, count: 1, isLate: true },
      { row: 0, ms: NOON + 20 * MINUTE, fix: 4, count: 1, isLate: false },
    ]);
  });

  it("are found once while more comes, and again where fixes came in between", () => {
    const book = bookOf([[1, [fix(0), fix(1, FixFlag.sos)]]]);
    const finder = new SosFinder();
    const first = finder.find(book.tracks);
    expect(finder.find(book.tracks)).toBe(first);
    take(book, 0, part([[1, [fix(3, FixFlag.sos)]]], NOON + 60 * MINUTE, true));
    expect(finder.find(book.tracks).map((sos) => sos.count)).toEqual([2]);
    take(book, 0, part([[1, [fix(0.5, FixFlag.sos)]]], NOON + 60 * MINUTE, true));
    expect(finder.find(book.tracks)).toMatchObject([{ ms: NOON + 0.5 * MINUTE, count: 3 }]);
  });
});
