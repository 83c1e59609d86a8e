import { describe, expect, it } from "vitest";
import { Presence } from "../wire/contracts.gen";
import { SEGMENT_FLOATS } from "./segmentRing";
import { frame, record } from "./testing";
import { TRAIL_SECONDS, Trails } from "./trails";
import { WorkerStore } from "./workers";

const METER_E7 = 90;

/** Walks slot 1 north, a step each five seconds. */
function walk(steps: number, metersAStep: number, trails = new Trails(112.56, 37.86), store = new WorkerStore()) {
  for (let i = 0; i < steps; i++) {
    const latitudeE7 = 378600000 + Math.round(i * metersAStep * METER_E7);
    store.apply(frame({}, [record({ slot: 1, latitudeE7, state: Presence.moving })]));
    trails.update(store, store.drainChanged(), 1000 + i * 5);
  }
  return { trails, store };
}

/** Times at which the drawn pieces of all trails end, in the order they are drawn. */
const endsOf = (trails: Trails, now: number): number[] =>
  trails.segments
    .runs()
    .flatMap(({ place, count }) => Array.from({ length: count }, (_, n) => place + n))
    .map((place) => trails.segments.floats[place * SEGMENT_FLOATS + 5])
    .filter((end) => end > trails.relative(now) - TRAIL_SECONDS);

describe("Trails", () => {
  it("keeps a piece for each real step and none for drift", () => {
    expect(endsOf(walk(10, 20).trails, 1045)).toHaveLength(9);
    expect(endsOf(walk(10, 0.5).trails, 1045)).toHaveLength(0);
  });

  it("takes one step in so many seconds of a phone that reports each second", () => {
    const trails = new Trails(112.56, 37.86);
    const store = new WorkerStore();
    for (let i = 0; i < 40; i++) {
      store.apply(frame({}, [record({ slot: 1, latitudeE7: 378600000 + i * 15 * METER_E7, state: Presence.moving })]));
      trails.update(store, store.drainChanged(), 1000 + i);
    }
    expect(endsOf(trails, 1040)).toHaveLength(9);
  });

  it("draws only what has not faded, in order of time", () => {
    const { trails } = walk(500, 12);
    const ends = endsOf(trails, 1000 + 499 * 5);
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
    expect(ends.at(-1)).toBe(trails.relative(1000 + 499 * 5));
    expect(ends).toHaveLength(TRAIL_SECONDS / 5);
    expect(trails.segments.count).toBeLessThanOrEqual(TRAIL_SECONDS / 5 + 2);
  });

  it("begins anew after a jump", () => {
    const { trails } = walk(3, 1000);
    expect(endsOf(trails, 1010)).toHaveLength(0);
    expect(trails.walkers).toBe(1);
  });

  it("draws no trail for who stands, and forgets who leaves", () => {
    const { trails, store } = walk(10, 20);
    store.apply(frame({}, [record({ slot: 2, state: Presence.still })]));
    trails.update(store, store.drainChanged(), 1046);
    expect(trails.walkers).toBe(1);
    expect(endsOf(trails, 1046)).toHaveLength(9);
    store.apply(frame({}, [record({ slot: 1, state: Presence.gone })]));
    trails.update(store, store.drainChanged(), 1047);
    expect(trails.walkers).toBe(0);
    expect(endsOf(trails, 1047)).toHaveLength(0);
  });

  it("lets faded trails go", () => {
    const { trails, store } = walk(10, 20);
    trails.update(store, [], 1045 + TRAIL_SECONDS + 10);
    expect(trails.walkers).toBe(0);
    expect(trails.segments.count).toBe(0);
  });

  it("carries trails over when its clock is set anew, so that float32 seconds stay exact", () => {
    const { trails, store } = walk(2000, 12);
    const last = 1000 + 1999 * 5;
    expect(trails.relative(last)).toBeLessThan(3700);
    expect(endsOf(trails, last)).toHaveLength(TRAIL_SECONDS / 5);
    trails.update(store, [], last - 5000);
    expect(trails.segments.count).toBe(0);
  });
});
