import { WorkerStore } from "../src/state/workers";
import { WALL_RECORD, type WallFrame } from "../src/wire/contracts.gen";
import { World } from "./world";

interface JsonRecord {
  slot: number;
  longitude: number;
  latitude: number;
  heading: number;
  speed: number;
  state: number;
  age: number;
}

declare global {
  interface Window {
    /** Median ms of decoding one frame of so many moved workers, as records, as JSON, and of our whole take-over. */
    decode?: (
      moved: number,
      rounds: number,
    ) => { records: number; json: number; apply: number; bytes: number; chars: number };
  }
}

const columns = (n: number) => ({
  longitudeE7: new Int32Array(n),
  latitudeE7: new Int32Array(n),
  heading: new Uint8Array(n),
  speed: new Uint8Array(n),
  state: new Uint8Array(n),
  age: new Uint8Array(n),
});
type Columns = ReturnType<typeof columns>;

function fromRecords(bytes: Uint8Array, to: Columns): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.byteLength; at += WALL_RECORD.size) {
    const slot = view.getUint32(at, true);
    to.longitudeE7[slot] = view.getInt32(at + WALL_RECORD.longitudeE7, true);
    to.latitudeE7[slot] = view.getInt32(at + WALL_RECORD.latitudeE7, true);
    to.heading[slot] = view.getUint8(at + WALL_RECORD.heading);
    to.speed[slot] = view.getUint8(at + WALL_RECORD.speed);
    to.state[slot] = view.getUint8(at + WALL_RECORD.state);
    to.age[slot] = view.getUint8(at + WALL_RECORD.age);
  }
}

function fromJson(text: string, to: Columns): void {
  for (const record of JSON.parse(text) as JsonRecord[]) {
    to.longitudeE7[record.slot] = Math.round(record.longitude * 1e7);
    to.latitudeE7[record.slot] = Math.round(record.latitude * 1e7);
    to.heading[record.slot] = record.heading;
    to.speed[record.slot] = record.speed;
    to.state[record.slot] = record.state;
    to.age[record.slot] = record.age;
  }
}

function asJson(frame: WallFrame): string {
  const view = new DataView(frame.records.buffer);
  const all: JsonRecord[] = [];
  for (let at = 0; at < frame.records.byteLength; at += WALL_RECORD.size) {
    all.push({
      slot: view.getUint32(at, true),
      longitude: view.getInt32(at + WALL_RECORD.longitudeE7, true) / 1e7,
      latitude: view.getInt32(at + WALL_RECORD.latitudeE7, true) / 1e7,
      heading: view.getUint8(at + WALL_RECORD.heading),
      speed: view.getUint8(at + WALL_RECORD.speed),
      state: view.getUint8(at + WALL_RECORD.state),
      age: view.getUint8(at + WALL_RECORD.age),
    });
  }
  return JSON.stringify(all);
}

/** Time of one call: the clock is coarse, so several calls make one measurement. */
function timed(calls: number, act: () => void): number {
  const start = performance.now();
  for (let n = 0; n < calls; n++) act();
  return (performance.now() - start) / calls;
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1];

window.decode = (moved, rounds) => {
  const frame = new World(moved).frame(1, Date.now());
  const text = asJson(frame);
  const to = columns(moved + 2);
  const store = new WorkerStore();
  const records: number[] = [];
  const json: number[] = [];
  const apply: number[] = [];
  for (let round = 0; round < rounds; round++) {
    records.push(timed(50, () => fromRecords(frame.records, to)));
    json.push(timed(5, () => fromJson(text, to)));
    apply.push(
      timed(50, () => {
        store.apply(frame);
        store.drainChanged();
      }),
    );
  }
  return {
    records: median(records),
    json: median(json),
    apply: median(apply),
    bytes: frame.records.byteLength,
    chars: text.length,
  };
};
