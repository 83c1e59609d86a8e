import { describe, expect, it } from "vitest";
import { fix } from "../../wire/trackTesting";
import { SEGMENT_FLOATS } from "../segmentRing";
import { bookOf, MINUTE, NOON } from "./playbackTesting";
import { PlaybackTrails } from "./playbackTrails";

/** Some 26 m a step. */
const east = (n: number) => ({ longitudeE7: 1125600000 + n * 3000 });
const walk = (n: number, from = 0) => Array.from({ length: n }, (_, i) => fix(NOON + from + i * 10_000, east(i)));
const none = () => 0;

/** Start and end of the pieces that the shader draws at a time, in seconds from noon. */
function drawn(trails: PlaybackTrails, now: number): [number, number][] {
  const f = trails.segments.floats;
  const base = trails.relative(NOON / 1000);
  const at = trails.relative(now / 1000);
  const pieces: [number, number][] = [];
  for (const { place, count } of trails.segments.runs()) {
    for (let n = place; n < place + count; n++) {
      const [from, to] = [f[n * SEGMENT_FLOATS + 4], f[n * SEGMENT_FLOATS + 5]];
      if (from <= at && at - to < trails.seconds) pieces.push([Math.round(from - base), Math.round(to - base)]);
    }
  }
  return pieces.sort((a, b) => a[0] - b[0]);
}

function trailsOf(seconds = 60) {
  const trails = new PlaybackTrails(112.56, 37.86);
  trails.seconds = seconds;
  return trails;
}

describe("trails of a replay", () => {
  it("are the same at a moment whether it was played to, jumped to or played back to", () => {
    const book = bookOf([
      [3, walk(200)],
      [4, walk(100, 3000)],
    ]);
    const jumped = trailsOf();
    jumped.update(book, NOON + 10 * MINUTE, none);
    const expected = drawn(jumped, NOON + 10 * MINUTE);
    expect(expected.filter(([from]) => from % 10 === 0)).toHaveLength(7);
    const played = trailsOf();
    for (let ms = 9 * MINUTE; ms <= 10 * MINUTE; ms += 500) played.update(book, NOON + ms, none);
    expect(drawn(played, NOON + 10 * MINUTE)).toEqual(expected);
    const back = trailsOf();
    for (let ms = 15 * MINUTE; ms >= 10 * MINUTE; ms -= 500) back.update(book, NOON + ms, none);
    expect(drawn(back, NOON + 10 * MINUTE)).toEqual(expected);
  });

  it("stop at a gap", () => {
    const book = bookOf([
      [3, [...walk(6), ...walk(6, 5 * MINUTE).map((f) => ({ ...f, longitudeE7: f.longitudeE7 + 90_000 }))]],
    ]);
    const trails = trailsOf(600);
    trails.update(book, NOON + 6 * MINUTE, none);
    const pieces = drawn(trails, NOON + 6 * MINUTE);
    expect(pieces).toHaveLength(10);
    expect(pieces.every(([from, to]) => to - from <= 10)).toBe(true);
  });

  it("look at each fix once while playing, and lay nothing for who rests", () => {
    const rest = Array.from({ length: 360 }, (_, i) =>
      fix(NOON + i * 10_000, { longitudeE7: 1125600000 + (i % 3) * 100 }),
    );
    const trails = trailsOf();
    const book = bookOf([[3, rest]]);
    for (let ms = 0; ms < 30 * MINUTE; ms += 1000) trails.update(book, NOON + ms, none);
    expect(trails.segments.count).toBe(0);
  });

  it("let go of what has faded", () => {
    const trails = trailsOf();
    const book = bookOf([[3, walk(360)]]);
    for (let ms = 0; ms < 50 * MINUTE; ms += 1000) trails.update(book, NOON + ms, none);
    expect(trails.segments.count).toBeLessThan(12);
  });
});
