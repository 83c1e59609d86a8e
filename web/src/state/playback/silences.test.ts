import { describe, expect, it } from "vitest";
import { fix } from "../../wire/trackTesting";
import { bookOf, MINUTE, NOON } from "./playbackTesting";
import { laneOf } from "./spans";
import { Stage } from "./stage";
import { DEFAULT_SETTINGS, FixFlag } from "./types";

/** A fix each ten seconds, of some minutes; what it is besides by the minute. */
const fixes = (minutes: [from: number, to: number, flags: number][]) =>
  minutes.flatMap(([from, to, flags]) =>
    Array.from({ length: (to - from) * 6 }, (_, i) =>
      fix(NOON + from * MINUTE + i * 10_000, { speed: 0, flags, longitudeE7: 1_125_600_000 + (flags ? 900_000 : 0) }),
    ),
  );
const lane = (book: ReturnType<typeof bookOf>) =>
  laneOf(book.drawn(0), 0.5).spans.map(({ kind, from, to }) => [
    kind,
    Math.round((from - NOON) / MINUTE),
    Math.round((to - NOON) / MINUTE),
  ]);
const stateAt = (book: ReturnType<typeof bookOf>, minute: number) => {
  const stage = new Stage(112.56, 37.86);
  stage.update(book, NOON + minute * MINUTE, DEFAULT_SETTINGS.movingMps);
  return { state: stage.state(0), isDrawn: stage.place(0, 0, 0) !== null };
};

describe("a stretch of which all fixes are set aside", () => {
  const mixed = () =>
    bookOf([
      [
        3,
        fixes([
          [0, 10, 0],
          [10, 20, FixFlag.mock],
          [30, 35, FixFlag.inaccurate],
          [35, 40, 0],
        ]),
      ],
    ]);

  it("is not called no data, which is where nothing was heard", () => {
    expect(lane(mixed())).toEqual([
      ["still", 0, 10],
      ["aside", 10, 20],
      ["gap", 20, 30],
      ["aside", 30, 35],
      ["still", 35, 40],
    ]);
  });

  it("says how many fixes and why, of a jump too", () => {
    const { spans } = laneOf(mixed().drawn(0), 0.5);
    expect(spans.filter((span) => span.kind === "aside").map((span) => span.reasons)).toEqual([
      { mock: 60 },
      { inaccurate: 30 },
    ]);
    const book = bookOf([[3, fixes([[0, 30, 0]])]]);
    book.setJumps(0, "W3", [{ from: NOON + 10 * MINUTE, to: NOON + 15 * MINUTE }]);
    const jump = laneOf(book.drawn(0), 0.5).spans.find((span) => span.kind === "aside");
    expect(jump?.reasons).toEqual({ jump: 31 });
  });

  it("has nobody drawn on the map, at its ends as in between, and says why", () => {
    const book = mixed();
    expect(stateAt(book, 5)).toEqual({ state: "still", isDrawn: true });
    expect(stateAt(book, 15)).toEqual({ state: "setAside", isDrawn: false });
    expect(stateAt(book, 25)).toEqual({ state: "noData", isDrawn: false });
    expect(stateAt(book, 32)).toEqual({ state: "setAside", isDrawn: false });
    expect(stateAt(book, 37)).toEqual({ state: "still", isDrawn: true });
  });

  it("goes from one to the other while the clock runs on", () => {
    const book = mixed();
    const stage = new Stage(112.56, 37.86);
    const seen: string[] = [];
    for (let second = 0; second <= 40 * 60; second += 5) {
      stage.update(book, NOON + second * 1000, DEFAULT_SETTINGS.movingMps);
      if (seen.at(-1) !== stage.state(0)) seen.push(stage.state(0));
    }
    expect(seen).toEqual(["still", "setAside", "noData", "setAside", "still", "noData"]);
  });

  it("is all of a track of which nothing is believed, and none of the raw view", () => {
    const book = bookOf([[3, fixes([[5, 20, FixFlag.mock]])]]);
    expect(lane(book)).toEqual([["aside", 5, 20]]);
    expect([stateAt(book, 2).state, stateAt(book, 10), stateAt(book, 50).state]).toEqual([
      "noData",
      { state: "setAside", isDrawn: false },
      "noData",
    ]);
    book.setSettings({ ...DEFAULT_SETTINGS, clean: false });
    expect(lane(book)).toEqual([["still", 5, 20]]);
    expect(stateAt(book, 10).isDrawn).toBe(true);
  });

  it("does not make a resting phone's drift vanish: it is believed, and stays at its place", () => {
    const book = bookOf([
      [3, fixes([[0, 30, 0]]).map((one, i) => ({ ...one, latitudeE7: one.latitudeE7 + (i % 3) * 200 }))],
    ]);
    expect(lane(book)).toEqual([["still", 0, 30]]);
    expect(stateAt(book, 15)).toEqual({ state: "still", isDrawn: true });
  });
});
