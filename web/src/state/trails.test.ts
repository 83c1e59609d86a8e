import { describe, expect, it } from "vitest";
import { Presence } from "../wire/contracts.gen";
import { frame, record } from "./testing";
import { POINT_FLOATS, ROW_POINTS, TRAIL_SECONDS, Trails } from "./trails";
import { WorkerStore } from "./workers";

const METER_E7 = 90;

/** Walks slot 1 north; returns the trails and the store. */
function walk(steps: number, metersAStep: number, trails = new Trails(112.56, 37.86), store = new WorkerStore()) {
  for (let i = 0; i < steps; i++) {
    const latitudeE7 = 378600000 + Math.round(i * metersAStep * METER_E7);
    store.apply(frame({}, [record({ slot: 1, latitudeE7, state: Presence.moving })]));
    trails.update(store, store.drainChanged(), 1000 + i * 5);
  }
  return { trails, store };
}

const pointsOf = (trails: Trails) =>
  Array.from({ length: trails.rows * ROW_POINTS }, (_, i) => trails.points[i * POINT_FLOATS + 2]).filter((t) => t >= 0)
    .length;

describe("Trails", () => {
  it("keeps a point for each real step and none for drift", () => {
    expect(pointsOf(walk(10, 20).trails)).toBe(10);
    expect(pointsOf(walk(10, 0.5).trails)).toBe(1);
  });

  it("never keeps more than fit a row, and leaves its last point empty so that rows do not join", () => {
    const { trails } = walk(500, 12);
    expect(pointsOf(trails)).toBeLessThanOrEqual(ROW_POINTS - 1);
    expect(trails.rows).toBe(1);
    expect(trails.points[(ROW_POINTS - 1) * POINT_FLOATS + 2]).toBeLessThan(0);
  });

  it("keeps the newest points in order of time", () => {
    const { trails } = walk(100, 12);
    const times = Array.from({ length: ROW_POINTS - 1 }, (_, i) => trails.points[i * POINT_FLOATS + 2]).filter(
      (t) => t >= 0,
    );
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.at(-1)).toBe(trails.relative(1000 + 99 * 5));
  });

  it("begins anew after a jump", () => {
    expect(pointsOf(walk(3, 1000).trails)).toBe(1);
  });

  it("draws no trail for who stands, and forgets who leaves", () => {
    const { trails, store } = walk(10, 20);
    store.apply(frame({}, [record({ slot: 2, state: Presence.still })]));
    trails.update(store, store.drainChanged(), 1100);
    expect(trails.walkers).toBe(1);
    store.apply(frame({}, [record({ slot: 1, state: Presence.gone })]));
    trails.update(store, store.drainChanged(), 1101);
    expect(trails.walkers).toBe(0);
    expect(pointsOf(trails)).toBe(0);
  });

  it("lets faded trails go and uses their rows again", () => {
    const { trails, store } = walk(10, 20);
    trails.update(store, [], 1045 + TRAIL_SECONDS + 10);
    expect(trails.walkers).toBe(0);
    walk(3, 20, trails, new WorkerStore());
    expect(trails.rows).toBe(1);
  });

  it("carries trails over when its clock is set anew, so that float32 seconds stay exact", () => {
    const { trails, store } = walk(2000, 12);
    const last = 1000 + 1999 * 5;
    expect(trails.relative(last)).toBeLessThan(3700);
    expect(pointsOf(trails)).toBeGreaterThan(10);
    trails.update(store, [], last - 5000);
    expect(pointsOf(trails)).toBe(0);
  });

  it("says which rows changed since the last upload", () => {
    const { trails, store } = walk(2, 20);
    expect([trails.dirtyFrom, trails.dirtyTo]).toEqual([0, 0]);
    trails.clean();
    trails.update(store, [], 1012);
    expect(trails.dirtyFrom).toBeGreaterThan(trails.dirtyTo);
  });
});
