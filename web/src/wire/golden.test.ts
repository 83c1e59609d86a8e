import { readFileSync } from "node:fs";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";
import { decode, encode } from "@msgpack/msgpack";
import { describe, expect, it } from "vitest";
import { inWords } from "../state/age";
import { AreaCounts } from "../state/counts";
import { presenceOf } from "../state/records";
import { WorkerStore } from "../state/workers";
import { alarmNewsFrom, type WireAlarmNews } from "./alarmNews";
import { type AlarmNews, WALL_AGE_SECONDS, WALL_RECORD } from "./contracts.gen";
import { fromWire, type WireFrame } from "./frames";

/** The bytes the C# tests make and check, read the way the page reads them. */
const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

function golden<T>(file: string): T[] {
  const text = readFileSync(new URL(`../../../tests/golden/${file}.json`, import.meta.url), "utf8");
  const bins = (_: string, v: unknown) =>
    v !== null && typeof v === "object" && Object.keys(v).join() === "bin" ? bytes((v as { bin: string }).bin) : v;
  const { cases } = JSON.parse(text, bins) as { cases: T[] };
  expect(cases.length).toBeGreaterThan(0);
  return cases;
}

interface Case<T> {
  name: string;
  hex: string;
  value: T;
}

interface Fields {
  [field: string]: number;
}

describe("golden bytes", () => {
  it.each(golden<Case<WireFrame>>("wall-frame"))("read a frame: $name", ({ hex, value }) => {
    expect(fromWire(decode(bytes(hex)) as WireFrame)).toEqual(value);
  });

  it.each(golden<Case<AlarmNews>>("alarm-news"))("read alarm news: $name", ({ hex, value }) => {
    expect(alarmNewsFrom(decode(bytes(hex)) as WireAlarmNews)).toEqual(value);
  });

  it.each(golden<Case<Fields>>("wall-record"))("read a worker record: $name", ({ hex, value }) => {
    const store = new WorkerStore();
    const time = 1_000_000_000;
    const record = bytes(hex);
    const view = new DataView(record.buffer);
    expect(view.getUint32(WALL_RECORD.slot, true)).toBe(value.slot);
    // Slots beyond any roster are refused by the store (see its tests): the other fields are read at a small one.
    const slot = 1;
    view.setUint32(WALL_RECORD.slot, slot, true);
    store.apply(
      fromWire({
        epoch: "",
        tick: 1,
        time,
        full: true,
        count: 1,
        records: record,
        crowded: false,
      } satisfies WireFrame),
    );
    expect(store.damaged).toBe(0);
    expect(store.longitudeE7[slot]).toBe(value.longitudeE7);
    expect(store.latitudeE7[slot]).toBe(value.latitudeE7);
    expect(store.heading[slot]).toBe(value.heading);
    expect(store.speedMps(slot)).toBe(value.speed / 4);
    expect(presenceOf(store.state[slot])).toBe(value.presence);
    expect(store.state[slot] & 0xf8).toBe(value.flags);
    const seconds = WALL_AGE_SECONDS[value.age];
    expect(store.fixAt[slot]).toBe(seconds === null ? Number.NaN : time - seconds * 1000);
  });

  it.each(golden<Case<Fields>>("area-count-record"))("read a count record: $name", ({ hex, value }) => {
    const counts = new AreaCounts();
    counts.apply(bytes(hex));
    const { areaId, ...heads } = value;
    expect(counts.of(areaId)).toEqual(heads);
  });

  it.each(golden<{ seconds: number; age: number; reads: number | null }>("age"))(
    "read the age byte $age",
    ({ seconds, age, reads }) => {
      expect(WALL_AGE_SECONDS[age]).toBe(reads);
      // Never older than it is, and after two minutes at most one unit younger.
      if (reads !== null && seconds >= 0) expect(inWords(reads).n).toBeLessThanOrEqual(inWords(seconds).n);
    },
  );

  it.each(golden<Case<unknown>>("watch-request"))("write and read a watch: $name", ({ hex, value }) => {
    expect(decode(bytes(hex))).toEqual(value);
    expect(decode(encode(value))).toEqual(value);
  });

  it("are read by the official hub protocol, frame by frame", () => {
    const frames = golden<Case<unknown[]>>("hub-messages").filter(({ name }) => name.startsWith("a frame"));
    const silent = { log: () => {} };
    for (const { hex, value } of frames) {
      const input = bytes(hex);
      const [message] = new MessagePackHubProtocol().parseMessages(input.buffer, silent);
      expect(message).toMatchObject({ type: 2, item: value[3] });
    }
    expect(frames.length).toBeGreaterThan(0);
  });
});
