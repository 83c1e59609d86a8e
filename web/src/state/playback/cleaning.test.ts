import { describe, expect, it } from "vitest";
import { fix } from "../../wire/trackTesting";
import { linesOf } from "./lines";
import { bookOf, MINUTE, NOON, part, take } from "./playbackTesting";
import { PlaybackTrails } from "./playbackTrails";
import { Stage } from "./stage";
import { DEFAULT_SETTINGS, FixFlag } from "./types";

const EVERY = 10_000;
const EAST = 1_125_600_000;
/** A walk east, a metre a second, with some fixes changed. */
const walk = (count: number, odd: Record<number, object> = {}) =>
  Array.from({ length: count }, (_, i) => fix(NOON + i * EVERY, { longitudeE7: EAST + i * 1000, ...odd[i] }));
const away = { longitudeE7: EAST + 100_000 };

/** East of the start, in 1e-7 degrees, as it is drawn at a moment. */
function drawnAt(book: ReturnType<typeof bookOf>, ms: number): number {
  const stage = new Stage(112.56, 37.86);
  stage.update(book, ms, DEFAULT_SETTINGS.movingMps);
  return Math.round(stage.degrees(0)[0] * 1e7 - EAST);
}

const raw = { ...DEFAULT_SETTINGS, clean: false };

describe("the cleaned view", () => {
  it.each([
    ["mock", { flags: FixFlag.mock }],
    ["inaccurate", { flags: FixFlag.inaccurate | FixFlag.late }],
  ])("walks straight on where a fix is %s, and the raw view goes there", (aside, odd) => {
    const book = bookOf([[3, walk(20, { 8: { ...away, ...odd } })]]);
    const at = NOON + 8 * EVERY;
    expect(drawnAt(book, at)).toBe(8000);
    expect(book.tracks[0].asideOf(8)).toBe(aside);
    book.setSettings(raw);
    expect(drawnAt(book, at)).toBe(100_000);
    book.setSettings(DEFAULT_SETTINGS);
    expect(drawnAt(book, at)).toBe(8000);
  });

  it("leaves out what the server calls a jump, once it has said so", () => {
    const book = bookOf([[3, walk(20, { 8: away, 9: away })]]);
    const [from, to] = [NOON + 8 * EVERY, NOON + 9 * EVERY];
    expect(drawnAt(book, from)).toBe(100_000);
    expect(book.setJumps(0, "W3", [{ from, to }])).toBe(true);
    expect([drawnAt(book, from), drawnAt(book, to)]).toEqual([8000, 9000]);
    expect([7, 8, 9, 10].map((i) => book.tracks[0].asideOf(i))).toEqual([null, "jump", "jump", null]);
    expect(linesOf(book.drawn(0)).solid[0].every(([longitude]) => longitude < 112.562)).toBe(true);
    expect(book.setJumps(0, "W3", [{ from, to }])).toBe(false);
    expect(book.setJumps(0, "W3", [])).toBe(true);
    expect(drawnAt(book, from)).toBe(100_000);
  });

  it("believes the first of two fixes of one moment", () => {
    const book = bookOf([[3, [...walk(9), fix(NOON + 8 * EVERY, { ...away, device: 9 }), ...walk(20).slice(9)]]]);
    expect(book.tracks[0].asideOf(9)).toBe("duplicate");
    expect(book.drawn(0).length).toBe(20);
  });

  it("is the same however its fixes came", () => {
    const all = walk(60, { 5: { ...away, flags: FixFlag.mock }, 30: { ...away, flags: FixFlag.inaccurate } });
    const whole = bookOf([[3, all]]);
    const late = bookOf([[3, all.slice(0, 10)]]);
    for (const piece of [all.slice(40), all.slice(10, 28), all.slice(28, 40)])
      take(late, 0, part([[3, piece]], NOON, true));
    const drawn = (book: typeof whole) => [...book.drawn(0).at.subarray(0, book.drawn(0).length)];
    expect(drawn(whole)).toHaveLength(58);
    expect(drawn(late)).toEqual(drawn(whole));
  });

  it("costs nothing where nothing is set aside, and gaps stay those of all fixes", () => {
    const [clean, odd] = [walk(20), walk(60, { 3: { flags: FixFlag.mock } })].map((fixes) => bookOf([[3, fixes]]));
    expect(clean.drawn(0)).toBe(clean.tracks[0]);
    expect(odd.drawn(0)).not.toBe(odd.tracks[0]);
    expect(odd.drawn(0).gapMs).toBe(odd.tracks[0].gapMs);
  });

  it("keeps no second copy where nothing is set aside, and counts it where something is", () => {
    const [clean, odd] = [walk(20), walk(20, { 3: { flags: FixFlag.mock } })].map((fixes) => bookOf([[3, fixes]]));
    expect(clean.tracks[0].believed.at).toBe(clean.tracks[0].at);
    expect([clean.held, odd.held]).toEqual([20, 39]);
    clean.setJumps(0, "W3", [{ from: NOON + 8 * EVERY, to: NOON + 9 * EVERY }]);
    expect(clean.held).toBe(38);
    clean.setJumps(0, "W3", []);
    expect(clean.held).toBe(20);
    expect(clean.tracks[0].believed).toBe(clean.tracks[0]);
  });

  it("has a trail that keeps to it, also when it is told late", () => {
    const book = bookOf([[3, walk(60, { 8: away })]]);
    const trails = new PlaybackTrails(112.56, 37.86);
    const now = NOON + 5 * MINUTE;
    const tint = () => 0;
    trails.update(book, now, tint);
    const before = trails.segments.count;
    book.setJumps(0, "W3", [{ from: NOON + 8 * EVERY, to: NOON + 8 * EVERY }]);
    trails.reset();
    trails.update(book, now, tint);
    expect(trails.segments.count).toBe(before - 1);
  });
});
