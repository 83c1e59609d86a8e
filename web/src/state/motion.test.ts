import { describe, expect, it } from "vitest";
import { Presence } from "../wire/contracts.gen";
import { mercatorX, mercatorY, unitsPerMeter } from "./mercator";
import { Mark, Motion, ROW_BYTES } from "./motion";
import { frame, record } from "./testing";
import { WorkerStore } from "./workers";

const LON = 112.56;
const LAT = 37.86;
/** About 44 m east. */
const EAST = 112.5605;

function world() {
  const store = new WorkerStore();
  const motion = new Motion(LON, LAT);
  const put = (longitude: number, now: number, state: number = Presence.moving) => {
    store.apply(
      frame({ time: now * 1000 }, [
        record({ slot: 1, longitudeE7: Math.round(longitude * 1e7), latitudeE7: LAT * 1e7, state }),
      ]),
    );
    motion.update(store, store.drainChanged(), now, 1);
  };
  const x = (now: number) => motion.place(1, now, 1)?.[0] ?? Number.NaN;
  return { store, motion, put, x };
}

describe("Motion", () => {
  it("shows a new worker at once where it is", () => {
    const { put, x } = world();
    put(LON, 1000);
    expect(x(1000)).toBeCloseTo(mercatorX(LON), 10);
  });

  it("glides from the old place to the new one over the interval", () => {
    const { put, x } = world();
    put(LON, 1000);
    put(EAST, 1010);
    expect(x(1010)).toBeCloseTo(mercatorX(LON), 10);
    expect(x(1010.5)).toBeCloseTo((mercatorX(LON) + mercatorX(EAST)) / 2, 10);
    expect(x(1011)).toBeCloseTo(mercatorX(EAST), 10);
    expect(x(1020)).toBeCloseTo(mercatorX(EAST), 10);
  });

  it("turns mid-glide without a jump", () => {
    const { put, x } = world();
    put(LON, 1000);
    put(EAST, 1010);
    const before = x(1010.5);
    put(LON, 1010.5);
    expect(x(1010.5)).toBeCloseTo(before, 10);
  });

  it("jumps when the way is too long to be walked", () => {
    const { put, x } = world();
    put(LON, 1000);
    put(LON + 0.1, 1010);
    expect(x(1010)).toBeCloseTo(mercatorX(LON + 0.1), 10);
  });

  it("does not restart a glide when only the presence changed", () => {
    const { put, x, motion } = world();
    put(LON, 1000);
    put(EAST, 1010);
    put(EAST, 1010.8, Presence.still);
    expect(x(1011)).toBeCloseTo(mercatorX(EAST), 10);
    expect(motion.glidesUntil).toBe(1011);
  });

  it("forgets who left and does not glide them back in", () => {
    const { put, x } = world();
    put(LON, 1000);
    put(LON, 1001, Presence.gone);
    expect(x(1001)).toBeNaN();
    put(EAST, 1002);
    expect(x(1002)).toBeCloseTo(mercatorX(EAST), 10);
  });

  it("is exact to a centimetre across a city, for weeks", () => {
    const { put, x, motion } = world();
    const weeks = 1000 + 30 * 86_400;
    put(LON + 0.3, 1000);
    put(LON + 0.3004, weeks);
    put(LON + 0.3, weeks + 10);
    const error = Math.abs(x(weeks + 10.25) - (mercatorX(LON + 0.3004) * 0.75 + mercatorX(LON + 0.3) * 0.25));
    expect(error / unitsPerMeter(LAT)).toBeLessThan(0.01);
    expect(motion.relative(weeks + 10)).toBeLessThan(3600);
  });

  it("picks the nearest worker within reach", () => {
    const { motion, store } = world();
    store.apply(
      frame({}, [
        record({ slot: 1, longitudeE7: 1125600000 }),
        record({ slot: 2, longitudeE7: 1125610000 }),
        record({ slot: 3, longitudeE7: 1125601000, state: Presence.offDuty }),
      ]),
    );
    motion.update(store, store.drainChanged(), 0, 1);
    const reach = 100 * unitsPerMeter(LAT);
    expect(motion.nearest(mercatorX(112.5602), mercatorY(LAT), reach, 5, 1)).toBe(1);
    expect(motion.nearest(mercatorX(112.561), mercatorY(LAT), reach, 5, 1)).toBe(2);
    expect(motion.nearest(mercatorX(112.6), mercatorY(LAT), reach, 5, 1)).toBe(-1);
  });

  it("uploads only rows that changed, and marks survive moves", () => {
    const { put, motion } = world();
    put(LON, 1000);
    motion.clean();
    motion.mark(1, Mark.Selected, true);
    expect([motion.dirtyFrom, motion.dirtyTo]).toEqual([1, 1]);
    put(EAST, 1001);
    expect(new Uint8Array(motion.bytes)[ROW_BYTES + 27]).toBe(Mark.Selected);
  });

  it("knows who is marked, by any mark", () => {
    const { put, motion } = world();
    put(LON, 1000);
    motion.mark(1, Mark.Selected, true);
    motion.mark(1, Mark.Hovered, true);
    motion.mark(1, Mark.Hovered, false);
    expect([...motion.marked]).toEqual([1]);
    motion.mark(1, Mark.Selected, false);
    expect(motion.marked.size).toBe(0);
  });
});
