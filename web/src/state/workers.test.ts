import { describe, expect, it } from "vitest";
import { Presence, RecordFlags } from "../wire/contracts.gen";
import { frame, record } from "./testing";
import { WorkerStore } from "./workers";

const moving = Presence.moving | RecordFlags.headingKnown;

describe("WorkerStore", () => {
  it("reads a record into its columns", () => {
    const store = new WorkerStore();
    store.apply(
      frame({ time: 100_000 }, [
        record({
          slot: 7,
          longitudeE7: 1125612345,
          latitudeE7: -378600001,
          heading: 64,
          speed: 6,
          state: moving,
          age: 5,
        }),
      ]),
    );
    expect(store.longitudeE7[7]).toBe(1125612345);
    expect(store.latitudeE7[7]).toBe(-378600001);
    expect(store.headingDegrees(7)).toBe(90);
    expect(store.speedMps(7)).toBe(1.5);
    expect(store.presence(7)).toBe(Presence.moving);
    expect(store.fixAt[7]).toBe(95_000);
  });

  it("counts who is on the picture, and forgets leavers", () => {
    const store = new WorkerStore();
    store.apply(frame({}, [record({ slot: 1 }), record({ slot: 2 }), record({ slot: 3, state: Presence.offDuty })]));
    expect(store.shown).toBe(2);
    store.apply(frame({}, [record({ slot: 1, state: Presence.gone })]));
    expect(store.shown).toBe(1);
    expect(store.isShown(1)).toBe(false);
  });

  it("does not show a worker who was never located", () => {
    const store = new WorkerStore();
    store.apply(frame({}, [record({ slot: 1, state: Presence.lost | RecordFlags.noPosition, age: 255 })]));
    expect(store.shown).toBe(0);
    expect(store.fixAt[1]).toBeNaN();
  });

  it("replaces everything with a full frame but remembers who is who", () => {
    const store = new WorkerStore();
    store.apply(
      frame({ names: [{ slot: 1, worker: "W1", name: "王建国", role: "gridLeader", area: "a" }] }, [
        record({ slot: 1 }),
      ]),
    );
    store.apply(frame({ full: true }, [record({ slot: 2 })]));
    expect(store.isShown(1)).toBe(false);
    expect(store.isShown(2)).toBe(true);
    expect(store.slotOf("W1")).toBe(1);
    expect(store.role[1]).toBe(1);
  });

  it("shows nobody while the view is crowded", () => {
    const store = new WorkerStore();
    store.apply(frame({}, [record({ slot: 1 })]));
    store.apply(frame({ crowded: true }, []));
    expect(store.shown).toBe(0);
  });

  it("grows for high slots and keeps the low ones", () => {
    const store = new WorkerStore();
    store.apply(frame({}, [record({ slot: 3, longitudeE7: 11 })]));
    store.apply(frame({}, [record({ slot: 150_000, longitudeE7: 22 })]));
    expect(store.longitudeE7[3]).toBe(11);
    expect(store.longitudeE7[150_000]).toBe(22);
    expect(store.shown).toBe(2);
  });

  it("counts damage instead of believing it", () => {
    const store = new WorkerStore();
    store.apply(frame({}, [record({ slot: 4_000_000_000 })]));
    store.apply({ ...frame({}, [record({ slot: 1 })]), count: 3 });
    expect(store.damaged).toBe(3);
    expect(store.shown).toBe(1);
  });

  it("reads records that do not start at the buffer's beginning", () => {
    const whole = frame({}, [record({ slot: 9, longitudeE7: 5 })]);
    const shifted = new Uint8Array(whole.records.length + 3);
    shifted.set(whole.records, 3);
    const store = new WorkerStore();
    store.apply({ ...whole, records: shifted.subarray(3) });
    expect(store.longitudeE7[9]).toBe(5);
  });

  it("tells each changed slot once", () => {
    const store = new WorkerStore();
    store.apply(frame({}, [record({ slot: 1 }), record({ slot: 2 })]));
    store.apply(frame({}, [record({ slot: 2 })]));
    expect([...store.drainChanged()]).toEqual([1, 2]);
    expect(store.drainChanged()).toHaveLength(0);
  });

  it("does not make an old fix younger when its record is sent again", () => {
    const store = new WorkerStore();
    store.apply(frame({ time: 1_000_000 }, [record({ slot: 1, age: 127 })]));
    expect(store.fixAt[1]).toBe(873_000);
    // 150 s old now, encoded as "2 minutes".
    store.apply(frame({ time: 1_023_000 }, [record({ slot: 1, age: 128 })]));
    expect(store.fixAt[1]).toBe(873_000);
  });

  it("takes a newer fix over", () => {
    const store = new WorkerStore();
    store.apply(frame({ time: 1_000_000 }, [record({ slot: 1, age: 60 })]));
    store.apply(frame({ time: 1_005_000 }, [record({ slot: 1, age: 0 })]));
    expect(store.fixAt[1]).toBe(1_005_000);
  });

  it("finds workers by name and code, those on the picture first", () => {
    const store = new WorkerStore();
    const name = (slot: number, worker: string, name: string) => ({
      slot,
      worker,
      name,
      role: "gridWorker" as const,
      area: null,
    });
    store.apply(frame({ names: [name(1, "W0001", "王明"), name(2, "W0002", "王红")] }, [record({ slot: 2 })]));
    expect(store.search("王", 10).map((who) => who.worker)).toEqual(["W0002", "W0001"]);
    expect(store.search("w0001", 10).map((who) => who.worker)).toEqual(["W0001"]);
    expect(store.search(" ", 10)).toEqual([]);
  });
});
