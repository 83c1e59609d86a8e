import { describe, expect, it } from "vitest";
import { fix } from "../../wire/trackTesting";
import { Book } from "./book";
import { bookOf, MINUTE, NOON, part, take } from "./playbackTesting";
import { Stage } from "./stage";
import { DEFAULT_SETTINGS } from "./types";

const east = (n: number) => ({ longitudeE7: 1125600000 + n * 1000 });

function stageOf(book: Book) {
  const stage = new Stage(112.56, 37.86);
  return {
    stage,
    at(ms: number, row = 0) {
      stage.update(book, ms, 0.5);
      const [longitude] = stage.degrees(row);
      return [stage.state(row), stage.place(row, 0, 0) ? Math.round((longitude - 112.56) * 1e7) : null];
    },
  };
}

describe("everybody at a moment", () => {
  it("walks evenly from fix to fix, forwards and backwards alike", () => {
    const { at } = stageOf(bookOf([[3, [0, 1, 2, 3].map((n) => fix(NOON + n * 10_000, east(n)))]]));
    const moments = [0, 2500, 9999, 10_000, 17_500, 29_000].map((ms) => NOON + ms);
    const forwards = moments.map((ms) => at(ms));
    expect(forwards.map(([, x]) => x)).toEqual([0, 250, 1000, 1000, 1750, 2900]);
    expect(forwards.every(([state]) => state === "moving")).toBe(true);
    expect(moments.toReversed().map((ms) => at(ms))).toEqual(forwards.toReversed());
  });

  it("shows nobody in a gap, and never between its ends", () => {
    const walk = [...[0, 1, 2].map((n) => fix(NOON + n * 10_000, east(n))), fix(NOON + 5 * MINUTE, east(50))];
    const { at, stage } = stageOf(bookOf([[3, walk]], 5));
    expect(at(NOON + 19_999)[0]).toBe("moving");
    for (const ms of [20_001, 60_000, 299_999]) {
      expect(at(NOON + ms)[0]).toBe("noData");
      expect(stage.place(0, 0, 0)).toBeNull();
    }
    expect(at(NOON + 5 * MINUTE)).toEqual(["still", 50_000]);
  });

  it("has no data long before the first fix and after the last, but does around them", () => {
    const walk = [0, 1, 2].map((n) => fix(NOON + 10 * MINUTE + n * 10_000, east(n)));
    const { at } = stageOf(bookOf([[3, walk]], 11));
    expect(at(NOON)[0]).toBe("noData");
    expect(at(NOON + 10 * MINUTE - 9000)).toEqual(["still", 0]);
    expect(at(NOON + 10 * MINUTE + 50_000)).toEqual(["still", 2000]);
    const ended = stageOf(bookOf([[3, walk]], 60));
    expect(ended.at(NOON + 10 * MINUTE + 50_000)[0]).toBe("noData");
  });

  it("says loading where nothing has come yet", () => {
    const book = new Book({ from: NOON, to: NOON + 60 * MINUTE }, [{ offsetMs: 0, from: NOON }], DEFAULT_SETTINGS);
    take(book, 0, part([[3, [fix(NOON), fix(NOON + 10_000)]]], NOON + 12_000));
    const { at } = stageOf(book);
    expect(at(NOON + 11_000)[0]).toBe("still");
    expect(at(NOON + 30 * MINUTE)[0]).toBe("loading");
    take(
      book,
      0,
      part([[3, [fix(NOON + 30 * MINUTE), fix(NOON + 30 * MINUTE + 1000, east(1))]]], NOON + 60 * MINUTE, true),
    );
    expect(at(NOON + 30 * MINUTE)).toEqual(["moving", 0]);
  });

  it("tells moving from still by the phone's speed, else by the way made", () => {
    const walk = [
      fix(NOON, { speed: 0 }),
      fix(NOON + 10_000, { speed: 65535 }),
      fix(NOON + 20_000, { speed: 65535, ...east(5) }),
      fix(NOON + 30_000, { speed: 65535, heading: 65535, ...east(5) }),
      fix(NOON + 40_000, { speed: 0, ...east(5) }),
    ];
    const { at } = stageOf(bookOf([[3, walk]]));
    expect([0, 10_000, 20_000, 30_000].map((ms) => at(NOON + ms + 1)[0])).toEqual([
      "still",
      "moving",
      "still",
      "still",
    ]);
  });

  it("shifts a second day onto the first by its offset", () => {
    const day = 86_400_000;
    const sets = [
      { offsetMs: 0, from: NOON },
      { offsetMs: day, from: NOON - day },
    ];
    const book = new Book({ from: NOON, to: NOON + MINUTE }, sets, DEFAULT_SETTINGS);
    take(book, 0, part([[3, [fix(NOON), fix(NOON + 20_000, east(20))]]], NOON + MINUTE, true));
    take(book, 1, part([[3, [fix(NOON - day), fix(NOON - day + 20_000, east(10))]]], NOON - day + MINUTE, true));
    const { at } = stageOf(book);
    expect([at(NOON + 10_000, 0)[1], at(NOON + 10_000, 1)[1]]).toEqual([10_000, 5000]);
  });

  it("finds the same whether it played or jumped there", () => {
    const walk = Array.from({ length: 400 }, (_, n) =>
      fix(NOON + n * 7000 + (n > 200 ? 10 * MINUTE : 0), east(n * (n % 7))),
    );
    const book = bookOf([[3, walk]], 70);
    const played = stageOf(book);
    for (let ms = 0; ms < 70 * MINUTE; ms += 3100) expect(played.at(NOON + ms)).toEqual(stageOf(book).at(NOON + ms));
  });
});
