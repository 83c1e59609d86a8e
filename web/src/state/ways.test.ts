import { describe, expect, it } from "vitest";
import type { AssignmentInfo } from "../wire/contracts.gen";
import { Presence, WALL_AGE_SECONDS } from "../wire/contracts.gen";
import { alarm } from "./alarmTesting";
import { frame, record } from "./testing";
import { waysOf } from "./ways";
import { WorkerStore } from "./workers";

const NOW = 1_780_000_000_000;
const sent = (with_: Partial<AssignmentInfo> = {}) => ({
  alarm: "a",
  assignments: [
    { worker: "W1", name: "王", state: "enRoute", meters: 1000, etaSeconds: 600, ...with_ } as AssignmentInfo,
  ],
});
const sos = alarm({ id: "a", longitude: 112.57, latitude: 37.87 });

/** Somebody so many metres north of the alarm, seen so many seconds ago. */
function picture(meters: number, ageSeconds = 5): WorkerStore {
  const workers = new WorkerStore();
  workers.apply(
    frame({ full: true, time: NOW, names: [{ slot: 1, worker: "W1", name: "王", role: "gridWorker", area: "g" }] }, [
      record({
        slot: 1,
        longitudeE7: 1125700000,
        latitudeE7: 378700000 + Math.round((meters / 111_195) * 1e7),
        state: Presence.moving,
        age: WALL_AGE_SECONDS.findIndex((seconds) => (seconds ?? 0) >= ageSeconds),
      }),
    ]),
  );
  return workers;
}

describe("ways", () => {
  it("shrink with what is left between two answers", () => {
    const [way] = waysOf(sent(), sos, picture(500), NOW);
    expect(way.meters).toBeCloseTo(500, -1);
    expect(way.etaSeconds).toBeCloseTo(300, -1);
    expect(way.staleSeconds).toBeNull();
  });
  it("end where somebody is there", () => {
    expect(waysOf(sent(), sos, picture(20), NOW)[0].etaSeconds).toBe(0);
    expect(waysOf(sent({ state: "onScene" }), sos, picture(20), NOW)).toEqual([]);
    expect(waysOf(sent({ state: "declined" }), sos, picture(500), NOW)).toEqual([]);
  });
  it("promise nothing of an old position", () => {
    const [way] = waysOf(sent(), sos, picture(500, 120), NOW);
    expect(way.etaSeconds).toBeNull();
    expect(way.staleSeconds).toBeGreaterThan(60);
  });
  it("are of the alarm whose card is open, and of those on the picture", () => {
    expect(waysOf(null, sos, picture(500), NOW)).toEqual([]);
    expect(waysOf(sent(), alarm({ id: "b", longitude: 112.57, latitude: 37.87 }), picture(500), NOW)).toEqual([]);
    expect(waysOf(sent({ worker: "W9" }), sos, picture(500), NOW)).toEqual([]);
  });
});
