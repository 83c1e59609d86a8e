import { Presence, WALL_RECORD, type WallFrame } from "../wire/contracts.gen";

/** Builders for tests; nothing of the page imports this. */
export interface TestRecord {
  slot: number;
  longitudeE7: number;
  latitudeE7: number;
  heading: number;
  speed: number;
  state: number;
  age: number;
}

export function record(with_: Partial<TestRecord> & { slot: number }): TestRecord {
  return {
    longitudeE7: 1125600000,
    latitudeE7: 378600000,
    heading: 0,
    speed: 0,
    state: Presence.still,
    age: 0,
    ...with_,
  };
}

export function frame(with_: Partial<WallFrame>, records: readonly TestRecord[]): WallFrame {
  const bytes = new Uint8Array(records.length * WALL_RECORD.size);
  const view = new DataView(bytes.buffer);
  records.forEach((r, i) => {
    const at = i * WALL_RECORD.size;
    view.setUint32(at + WALL_RECORD.slot, r.slot, true);
    view.setInt32(at + WALL_RECORD.longitudeE7, r.longitudeE7, true);
    view.setInt32(at + WALL_RECORD.latitudeE7, r.latitudeE7, true);
    view.setUint8(at + WALL_RECORD.heading, r.heading);
    view.setUint8(at + WALL_RECORD.speed, r.speed);
    view.setUint8(at + WALL_RECORD.state, r.state);
    view.setUint8(at + WALL_RECORD.age, r.age);
  });
  return {
    epoch: "e",
    tick: 1,
    time: 0,
    full: false,
    count: records.length,
    records: bytes,
    names: null,
    counts: null,
    crowded: false,
    ...with_,
  };
}
