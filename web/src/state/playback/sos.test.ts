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

  it("beyond the most that are told are counted, once each", () => {
    const calls = [0, 10, 20, 30].map((minute) => fix(minute, FixFlag.sos));
    const book = bookOf([
      [1, calls],
      [2, [...calls, fix(31, FixFlag.sos)]],
    ]);
    const finder = new SosFinder(5);
    expect([finder.find(book.tracks).length, finder.more]).toEqual([5, 3]);
    expect([finder.find(book.tracks).length, finder.more]).toEqual([5, 3]);
    take(book, 0, part([[2, [fix(32, FixFlag.sos), fix(50, FixFlag.sos)]]], NOON + 60 * MINUTE, true));
    expect([finder.find(book.tracks).length, finder.more]).toEqual([5, 4]);
    finder.clear();
    expect(finder.more).toBe(0);
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
