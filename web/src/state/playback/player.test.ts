import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { TrackRequest } from "../../wire/contracts.gen";
import type { TracksEvents, TracksFeed } from "../../wire/tracksFeed";
import { fix } from "../../wire/trackTesting";
import { MINUTE, NOON, part } from "./playbackTesting";
import { alignDays, TrackPlayer } from "./player";

const request = { workers: ["W3"], from: NOON, to: NOON + 10 * MINUTE, reason: "test" };
const east = (n: number) => ({ longitudeE7: 1125600000 + n * 1000 });
const walk = (from: number, n: number) => Array.from({ length: n }, (_, i) => fix(NOON + from + i * 10_000, east(i)));

/** A feed that the test plays by hand. */
class HandFeed implements TracksFeed {
  readonly asked: { request: TrackRequest; events: TracksEvents; stopped: boolean }[] = [];
  read(asked: TrackRequest, events: TracksEvents): () => void {
    const one = { request: asked, events, stopped: false };
    this.asked.push(one);
    return () => {
      one.stopped = true;
    };
  }
  dispose(): void {}
}

describe("a player", () => {
  let feed: HandFeed;
  let player: TrackPlayer;
  beforeEach(() => {
    vi.useFakeTimers();
    feed = new HandFeed();
    player = new TrackPlayer({ origin: [112.56, 37.86], feed: () => feed });
  });
  afterEach(() => vi.useRealTimers());

  it("plays what has come while the rest is still coming", async () => {
    player.load({ sets: [{ request }] });
    expect(player.loading).toBe(true);
    feed.asked[0].events.part(part([[3, walk(0, 13)]], NOON + 2 * MINUTE));
    await vi.advanceTimersByTimeAsync(300);
    expect(player.book.progress).toBeCloseTo(0.2);
    player.clock.play(60);
    for (let wall = 0; wall <= 1000; wall += 100) player.frame(wall);
    expect(player.clock.now).toBe(NOON + MINUTE);
    expect(player.positionOf(0)).toMatchObject({ state: "moving", fix: 6, name: { worker: "W3" } });
    feed.asked[0].events.part(part([[3, walk(2 * MINUTE + 10_000, 40)]], NOON + 10 * MINUTE, true));
    await vi.advanceTimersByTimeAsync(300);
    expect([player.loading, player.book.progress, player.book.fixes]).toEqual([false, 1, 53]);
  });

  it("moves alike with thrice the fixes: the clock drives, not their number", async () => {
    const ends: number[] = [];
    for (const every of [15_000, 5000]) {
      player.load({ sets: [{ request }] });
      const fixes = Array.from({ length: 600_000 / every }, (_, i) => fix(NOON + i * every, east((i * every) / 1000)));
      feed.asked.at(-1)?.events.part(part([[3, fixes]], NOON + 10 * MINUTE, true));
      await vi.advanceTimersByTimeAsync(300);
      player.clock.play(60);
      for (let wall = 0; wall <= 5000; wall += 50) player.frame(wall);
      ends.push(player.positionOf(0).longitude);
    }
    expect(ends[1]).toBeCloseTo(ends[0], 8);
    expect((ends[0] - 112.56) * 1e4).toBeCloseTo(300, 3);
  });

  it("says why it was refused, with the number, at once", () => {
    const told = vi.fn();
    player.onChange(told);
    player.load({ sets: [{ request }] });
    feed.asked[0].events.failed(403, "outside your area", "out-of-scope");
    expect(player.error).toEqual({ set: 0, status: 403, reason: "outside your area", code: "out-of-scope" });
    expect(told).toHaveBeenCalledWith(expect.objectContaining({ state: true }));
    expect(player.loading).toBe(false);
  });

  it("stops what it asked for when cancelled or asked for something else", async () => {
    player.load({ sets: [{ request }] });
    player.load({ sets: [{ request: { ...request, workers: ["W4"] } }] });
    expect(feed.asked.map(({ stopped }) => stopped)).toEqual([true, false]);
    player.cancel();
    expect(feed.asked[1].stopped).toBe(true);
    expect(player.loading).toBe(false);
  });

  it("says not loaded, not loading, of what it was stopped from reading, and reads on from there", async () => {
    player.load({ sets: [{ request }] });
    feed.asked[0].events.part(part([[3, walk(0, 13)]], NOON + 2 * MINUTE));
    await vi.advanceTimersByTimeAsync(300);
    expect(player.positionOf(0, NOON + 5 * MINUTE).state).toBe("loading");
    player.cancel();
    expect([player.loading, player.book.isUnread]).toEqual([false, true]);
    expect(player.positionOf(0, NOON + 5 * MINUTE).state).toBe("notLoaded");
    expect(player.positionOf(0, NOON + MINUTE).state).toBe("moving");
    player.clock.play(60);
    for (let wall = 0; wall <= 4000; wall += 100) player.frame(wall);
    expect([player.clock.now, player.clock.playing, player.clock.waiting]).toEqual([NOON + 2 * MINUTE, false, false]);

    player.readOn();
    expect([player.loading, player.book.isUnread]).toEqual([true, false]);
    expect(feed.asked[1].request).toMatchObject({ workers: ["W3"], from: NOON + 2 * MINUTE, to: request.to });
    feed.asked[1].events.part(part([[3, walk(2 * MINUTE + 10_000, 40)]], request.to, true));
    await vi.advanceTimersByTimeAsync(300);
    expect([player.loading, player.book.isUnread, player.book.fixes]).toEqual([false, false, 53]);
    expect(player.positionOf(0, NOON + 5 * MINUTE).state).toBe("moving");
  });

  it("asks for all of an area's time again, since who was in it is told by all of it, and takes nothing twice", async () => {
    player.load({ sets: [{ request: { workers: null, area: "140106", from: NOON, to: request.to, reason: "test" } }] });
    feed.asked[0].events.part(part([[3, walk(0, 13)]], NOON + 2 * MINUTE));
    await vi.advanceTimersByTimeAsync(300);
    feed.asked[0].events.failed(0, "broken", null);
    expect(player.error?.status).toBe(0);
    expect([player.loading, player.book.isUnread]).toEqual([false, true]);
    player.readOn();
    expect(feed.asked[1].request).toMatchObject({ area: "140106", from: NOON, to: request.to });
    feed.asked[1].events.part(part([[3, walk(0, 60)]], request.to, true));
    await vi.advanceTimersByTimeAsync(300);
    expect([player.error, player.book.isUnread, player.book.fixes]).toEqual([null, false, 60]);
  });

  it("tells changes a few times a second, not with each part or frame", async () => {
    const told = vi.fn();
    player.load({ sets: [{ request }] });
    await vi.advanceTimersByTimeAsync(1000);
    player.onChange(told);
    for (let n = 0; n < 40; n++) {
      feed.asked[0].events.part(part([[3, walk(n * 10_000, 1)]], NOON + n * 10_000));
      await vi.advanceTimersByTimeAsync(25);
    }
    expect(told.mock.calls.length).toBeGreaterThan(1);
    expect(told.mock.calls.length).toBeLessThanOrEqual(5);
  });

  it("steps from fix to fix over all workers or one, and pauses", async () => {
    player.load({ sets: [{ request }] });
    const other = walk(3000, 10);
    feed.asked[0].events.part(
      part(
        [
          [3, walk(0, 10)],
          [4, other],
        ],
        NOON + 10 * MINUTE,
        true,
      ),
    );
    await vi.advanceTimersByTimeAsync(300);
    player.clock.play();
    const steps = [1, 1, 1, -1].map((direction) => {
      player.stepFix(direction as 1 | -1);
      return player.clock.now - NOON;
    });
    expect(steps).toEqual([3000, 10_000, 13_000, 10_000]);
    player.stepFix(1, 0);
    expect(player.clock.now - NOON).toBe(20_000);
    expect(player.clock.playing).toBe(false);
    expect(player.fixUnder(1)).toMatchObject({ fixAt: NOON + 23_000, speedMps: 1.2, accuracyMeters: 8, flags: [] });
  });

  it("compares two days by time of day", async () => {
    const day = 86_400_000;
    const before = { ...request, from: NOON - 3 * day, to: NOON - 3 * day + 10 * MINUTE };
    const offsetMs = alignDays(request, before);
    expect(offsetMs).toBe(3 * day);
    player.load({ sets: [{ request }, { request: before, offsetMs }] });
    feed.asked[0].events.part(part([[3, walk(0, 30)]], request.to, true));
    feed.asked[1].events.part(part([[3, walk(-3 * day, 30)]], before.to, true));
    await vi.advanceTimersByTimeAsync(300);
    const [today, then] = player.positionsAt(NOON + 65_000);
    expect(then.longitude).toBeCloseTo(today.longitude, 8);
    expect(player.fixUnder(1, NOON + 64_000)).toMatchObject({ fixAt: NOON - 3 * day + 60_000, ms: NOON + 60_000 });
  });

  it("finds who was near a place at a time", async () => {
    player.load({ sets: [{ request }] });
    feed.asked[0].events.part(
      part(
        [
          [3, walk(0, 30)],
          [4, [fix(NOON + 30_000, { longitudeE7: 1126600000 }), fix(NOON + 60_000, { longitudeE7: 1126600000 })]],
        ],
        request.to,
        true,
      ),
    );
    await vi.advanceTimersByTimeAsync(300);
    const near = player.near(112.5604, 37.86, 50, NOON + 40_000);
    expect(near.map(({ row }) => row)).toEqual([0]);
    expect(near[0].meters).toBeLessThan(1);
  });

  it("runs on into the present by asking for what came since", async () => {
    vi.setSystemTime(NOON + 10 * MINUTE);
    player.load({ sets: [{ request }] });
    feed.asked[0].events.part(part([[3, walk(0, 60)]], request.to, true));
    await vi.advanceTimersByTimeAsync(300);
    player.clock.seek(request.to - 1000);
    player.clock.play(60);
    for (let wall = 0; wall <= 500; wall += 100) player.frame(wall);
    expect([player.clock.live, player.clock.speed]).toEqual([true, 1]);
    const more = feed.asked[1];
    expect(more.request).toMatchObject({ workers: ["W3"], from: request.to - MINUTE, reason: "test" });
    const seen = part([[3, walk(9 * MINUTE, 7)]], request.to + 8000, true);
    more.events.part(seen);
    await vi.advanceTimersByTimeAsync(300);
    expect(player.book.fixes).toBe(61);
    expect(player.clock.to).toBeGreaterThanOrEqual(request.to);
  });

  it("is never further behind the present than one asking", async () => {
    vi.setSystemTime(NOON + 10 * MINUTE);
    player.load({ sets: [{ request }] });
    feed.asked[0].events.part(part([[3, walk(0, 60)]], request.to, true));
    await vi.advanceTimersByTimeAsync(300);
    player.frame(0);
    player.clock.seek(request.to - 1000);
    player.clock.play(60);
    // The last minutes were looked at for a while before the end was reached.
    for (let wall = 90_000; wall <= 90_500; wall += 100) player.frame(wall);
    const present = request.to + 90_000;
    const more = feed.asked[1];
    expect(more.request.to).toBeGreaterThanOrEqual(present);
    more.events.part(part([[3, walk(9 * MINUTE, 7)]], more.request.to, true));
    await vi.advanceTimersByTimeAsync(300);
    expect(player.clock.live).toBe(true);
    expect(player.clock.now).toBeGreaterThanOrEqual(present - 10_000);
    expect(player.clock.now).toBeLessThan(player.clock.to);
  });

  it("asks in pieces for what came in a long pause", async () => {
    vi.setSystemTime(NOON + 10 * MINUTE);
    player.load({ sets: [{ request }] });
    feed.asked[0].events.part(part([[3, walk(0, 60)]], request.to, true));
    await vi.advanceTimersByTimeAsync(300);
    player.frame(0);
    player.clock.seek(request.to - 1000);
    player.clock.play(60);
    const late = 150 * MINUTE;
    for (let wall = late; wall <= late + 500; wall += 100) player.frame(wall);
    for (let piece = 1; piece <= 3; piece++) {
      const { request: asked, events } = feed.asked[piece];
      expect(asked.to - asked.from).toBeLessThanOrEqual(60 * MINUTE);
      const answer = part([], asked.to, true);
      events.part({ ...answer, end: answer.end && { ...answer.end, complete: request.to + late } });
      await vi.advanceTimersByTimeAsync(300);
      player.frame(late + 1000 * piece);
    }
    expect(feed.asked[3].request.to).toBeGreaterThanOrEqual(request.to + late);
  });

  it("counts heads by area, a gap's not among them", async () => {
    const square = (west: number): number[][] => [
      [west, 37.85],
      [west + 0.002, 37.85],
      [west + 0.002, 37.87],
      [west, 37.87],
      [west, 37.85],
    ];
    const area = (code: string, id: number, west: number) => ({
      code,
      id,
      bounds: [west, 37.85, west + 0.002, 37.87] as [number, number, number, number],
      geometry: { type: "Polygon" as const, coordinates: [square(west)] },
    });
    player.load({ sets: [{ request }] });
    feed.asked[0].events.part(
      part(
        [
          [3, walk(0, 60)],
          [4, [fix(NOON), fix(NOON + 10_000), fix(NOON + 9 * MINUTE)]],
        ],
        request.to,
        true,
      ),
    );
    await vi.advanceTimersByTimeAsync(300);
    player.setAreas([area("a", 1, 112.559), area("b", 2, 112.561), area("none", 3, 112.7)]);
    const counts = [5000, 60_000, 150_000].map((ms, n) => {
      player.clock.seek(NOON + ms);
      player.frame(1000 * (n + 1));
      return Object.fromEntries(player.areaCounts);
    });
    expect(counts).toEqual([
      { a: 2, b: 0, none: 0 },
      { a: 1, b: 0, none: 0 },
      { a: 0, b: 1, none: 0 },
    ]);
    // Paused, and looked at again sooner than heads are counted: they are counted all the same.
    player.clock.seek(NOON + 5000);
    player.frame(3100);
    expect(player.frame(3400)).toBe(true);
    expect(Object.fromEntries(player.areaCounts)).toEqual({ a: 2, b: 0, none: 0 });
    expect(player.frame(3800)).toBe(false);
  });
});
