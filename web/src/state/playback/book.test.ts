import { describe, expect, it } from "vitest";
import { fix } from "../../wire/trackTesting";
import { Book } from "./book";
import { bookOf, MINUTE, NOON, part, take } from "./playbackTesting";
import { DEFAULT_SETTINGS } from "./types";

const walk = (from: number, n: number, every = 5000) =>
  Array.from({ length: n }, (_, i) => fix(NOON + from + i * every));

describe("a book of tracks", () => {
  it("joins a worker's segments in order of time, whatever order they come in", () => {
    const [first, second, third] = [walk(0, 10), walk(60_000, 10), walk(120_000, 10)];
    const books = [
      [first, second, third],
      [third, first, second],
      [second, third, first],
    ].map((order) => {
      const book = new Book({ from: NOON, to: NOON + 5 * MINUTE }, [{ offsetMs: 0, from: NOON }], DEFAULT_SETTINGS);
      for (const fixes of order) take(book, 0, part([[4, fixes]], NOON));
      const [track] = book.tracks;
      return [...track.at.subarray(0, track.length)];
    });
    expect(books[0]).toEqual([...first, ...second, ...third].map((f) => f.at));
    expect(books[1]).toEqual(books[0]);
    expect(books[2]).toEqual(books[0]);
  });

  it("takes a fix once, and two devices' fixes of one moment both", () => {
    const book = bookOf([[4, walk(0, 10)]]);
    take(book, 0, part([[4, [...walk(0, 12), fix(NOON + 55_000, { device: 9 })]]], NOON));
    expect(book.tracks[0].length).toBe(13);
    expect(book.fixes).toBe(13);
    expect([...book.tracks[0].device.subarray(0, 13)].filter((device) => device === 9)).toHaveLength(1);
  });

  it("grows without copying everything for each segment", () => {
    const book = new Book({ from: NOON, to: NOON + MINUTE }, [{ offsetMs: 0, from: NOON }], DEFAULT_SETTINGS);
    const arrays = new Set<Float64Array>();
    for (let n = 0; n < 500; n++) {
      take(book, 0, part([[4, walk(n * 50_000, 10)]], NOON));
      arrays.add(book.tracks[0].at);
    }
    expect(book.tracks[0].length).toBe(5000);
    expect(arrays.size).toBeLessThan(15);
  });

  it("counts what is held against the limit, not what was read a second time", () => {
    const book = new Book({ from: NOON, to: NOON + MINUTE }, [{ offsetMs: 0, from: NOON }], DEFAULT_SETTINGS, 15);
    take(book, 0, part([[4, walk(0, 10)]], NOON));
    book.readAnew(0);
    take(book, 0, part([[4, walk(0, 12)]], NOON));
    expect([book.fixes, book.held, book.leftOut]).toEqual([12, 12, 0]);
    for (let again = 0; again < 2; again++) {
      book.readAnew(0);
      take(book, 0, part([[5, walk(0, 4)]], NOON));
    }
    expect([book.fixes, book.leftOut]).toEqual([12, 4]);
  });

  it("knows how far every set has come, on the clock", () => {
    const day = 86_400_000;
    const sets = [
      { offsetMs: 0, from: NOON },
      { offsetMs: day, from: NOON - day },
    ];
    const book = new Book({ from: NOON, to: NOON + 10 * MINUTE }, sets, DEFAULT_SETTINGS);
    expect(book.progress).toBe(0);
    take(book, 0, part([[4, walk(0, 3)]], NOON + 5 * MINUTE));
    expect(book.loadedUntil).toBe(NOON);
    take(book, 1, part([[4, walk(-day, 3)]], NOON - day + 4 * MINUTE));
    expect(book.loadedUntil).toBe(NOON + 4 * MINUTE);
    take(book, 1, part([], NOON - day + 10 * MINUTE, true));
    expect(book.loadedUntil).toBe(NOON + 5 * MINUTE);
    take(book, 0, part([], NOON + 10 * MINUTE, true));
    expect(book.progress).toBe(1);
    expect(book.tracks).toHaveLength(2);
    expect(book.find(1, "W4")).toBe(book.tracks[1]);
  });

  it("calls a silence a gap by the device's own interval", () => {
    const quick = walk(0, 100, 5000);
    const slow = walk(0, 100, 90_000);
    const [a, b] = bookOf([
      [1, quick],
      [2, slow],
    ]).tracks;
    expect(a.gapMs).toBe(120_000);
    expect(b.medianMs).toBe(90_000);
    expect(b.gapMs).toBe(270_000);
  });
});
