import { describe, expect, it } from "vitest";
import { fix } from "../../wire/trackTesting";
import { circle, linesOf } from "./lines";
import { bookOf, MINUTE, NOON, part, take } from "./playbackTesting";
import { ActivityCounter, laneOf } from "./spans";

const at = (minutes: number, n: number, speed: number) =>
  Array.from({ length: n }, (_, i) =>
    fix(NOON + minutes * MINUTE + i * 10_000, { speed, longitudeE7: 1125600000 + i * 1000 }),
  );

describe("a lane", () => {
  it("shows moving, still and gaps in order of time", () => {
    const book = bookOf([[3, [...at(0, 30, 150), ...at(5, 30, 0), ...at(20, 6, 150)]]]);
    const { spans } = laneOf(book.tracks[0], 0.5);
    expect(spans.map(({ kind, from, to }) => [kind, (from - NOON) / MINUTE, (to - NOON) / MINUTE])).toEqual([
      ["moving", 0, 5],
      ["still", 5, 9 + 5 / 6],
      ["gap", 9 + 5 / 6, 20],
      ["moving", 20, 20 + 5 / 6],
    ]);
  });

  it("does not flicker between moving and still", () => {
    const fixes = at(0, 60, 150).map((f, i) => ({ ...f, speed: i % 9 === 0 ? 0 : 150 }));
    const { spans } = laneOf(bookOf([[3, fixes]]).tracks[0], 0.5);
    expect(spans.slice(1)).toHaveLength(1);
  });
});

describe("the activity of an interval", () => {
  it("counts each fix once, also while more come", () => {
    const book = bookOf([[3, at(0, 30, 150)]]);
    const counter = new ActivityCounter();
    const range = [NOON, NOON + 10 * MINUTE, 10, 0.5] as const;
    expect([...counter.count(book.tracks, ...range).fixes]).toEqual([6, 6, 6, 6, 6, 0, 0, 0, 0, 0]);
    take(book, 0, part([[3, at(5, 30, 0)]], NOON, true));
    take(book, 0, part([[9, at(0, 6, 0)]], NOON, true));
    const { fixes, moving } = counter.count(book.tracks, ...range);
    expect([...fixes]).toEqual([12, 6, 6, 6, 6, 6, 6, 6, 6, 6]);
    expect([...moving]).toEqual([6, 6, 6, 6, 6, 0, 0, 0, 0, 0]);
    take(book, 0, part([[9, at(0.05, 6, 0)]], NOON, true));
    expect(counter.count(book.tracks, ...range).fixes[0]).toBe(18);
  });
});

describe("a whole track", () => {
  it("is drawn as lines that end at gaps, which are apart", () => {
    const { solid, gaps } = linesOf(bookOf([[3, [...at(0, 30, 150), ...at(20, 6, 150)]]]).tracks[0]);
    expect(solid.map((line) => line.length)).toEqual([30, 6]);
    expect(gaps).toEqual([[solid[0][29], solid[1][0]]]);
  });

  it("does not draw a resting phone's drift point by point", () => {
    const rest = at(0, 300, 0).map((f, i) => ({ ...f, longitudeE7: 1125600000 + (i % 4) * 50 }));
    expect(linesOf(bookOf([[3, rest]]).tracks[0]).solid[0]).toHaveLength(2);
  });

  it("has a ring as wide as its fix is uncertain", () => {
    const ring = circle(112.56, 37.86, 100);
    expect(ring[0]).toEqual(ring.at(-1));
    for (const [longitude, latitude] of ring) {
      const east = (longitude - 112.56) * Math.cos((37.86 * Math.PI) / 180);
      expect(Math.hypot(east, latitude - 37.86) * 111_195).toBeCloseTo(100, 3);
    }
  });
});
