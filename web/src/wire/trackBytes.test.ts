import { readFileSync } from "node:fs";
import { decode } from "@msgpack/msgpack";
import { describe, expect, it } from "vitest";
import { DamagedTrack, decodeSegments, type FixColumns } from "./trackBytes";
import { encodeTrack, fix, framed } from "./trackTesting";

const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

interface Case<T> {
  name: string;
  hex: string;
  value: T;
}

/** The bytes the C# tests make and check. */
function golden<T>(file: string): Case<T>[] {
  const text = readFileSync(new URL(`../../../tests/golden/${file}.json`, import.meta.url), "utf8");
  return (JSON.parse(text) as { cases: Case<T>[] }).cases;
}

const plain = (columns: FixColumns) =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, [...column]]));

describe("tracks as the server packs them", () => {
  it.each(golden<{ slot: number } & Record<string, number[]>>("track-segment"))("are read: $name", ({ hex, value }) => {
    const { slot, ...columns } = value;
    const decoded = decodeSegments(framed(bytes(hex)));
    expect([...decoded.slots]).toEqual([slot]);
    expect([...decoded.starts]).toEqual([0, columns.at.length]);
    expect(plain(decoded.columns)).toEqual(columns);
  });

  it("come several in a chunk, beside who they are", () => {
    const [first, last] = golden("track-chunk").map(({ hex }) => decode(bytes(hex)) as Record<string, unknown>);
    const decoded = decodeSegments(first.segments as Uint8Array);
    expect([...decoded.slots]).toEqual([3, 3]);
    expect([...decoded.starts]).toEqual([0, 1, 13]);
    expect(first.names).toEqual([{ slot: 3, worker: "W0003", name: "张伟", role: "gridWorker", area: "140109003" }]);
    expect(decodeSegments(last.segments as Uint8Array).slots.length).toBe(0);
    expect(last.end).toEqual({
      complete: (last.sentUntil as number) - 1000,
      workers: 1,
      fixes: 13,
      outside: 2,
      unreadable: 0,
    });
  });

  it("are written alike by the writer of these tests", () => {
    for (const { name, hex, value } of golden<{ slot: number } & Record<string, number[]>>("track-segment")) {
      const fixes = value.at.map((at, i) => {
        const columns = Object.entries(value).filter(([column]) => column !== "slot");
        return fix(at, Object.fromEntries(columns.map(([column, all]) => [column, (all as number[])[i]])));
      });
      expect(encodeTrack(value.slot, fixes), name).toEqual(bytes(hex));
    }
  });

  it("are refused with a reason when damaged, and never end the page", () => {
    const good = framed(
      encodeTrack(
        5,
        [0, 5003, 9000, 9001].map((at) => fix(at, { longitudeE7: 1125600000 + at })),
      ),
    );
    let seed = 3;
    const random = (below: number) => {
      seed = (seed * 16807) % 2147483647;
      return seed % below;
    };
    let refused = 0;
    for (let round = 0; round < 20_000; round++) {
      const damaged = good.slice(0, random(2) === 0 ? good.length : random(good.length));
      for (let n = random(3); n >= 0 && damaged.length > 0; n--) damaged[random(damaged.length)] = random(256);
      try {
        decodeSegments(damaged);
      } catch (error) {
        expect(error).toBeInstanceOf(DamagedTrack);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(1000);
  });

  it("may not go back in time, nor leave a column's range", () => {
    expect(() => decodeSegments(framed(encodeTrack(1, [fix(5000), fix(1000)])))).toThrow("go back");
    expect(() => decodeSegments(framed(encodeTrack(1, [fix(0), fix(1000, { battery: 256 })])))).toThrow("range");
    expect(() => decodeSegments(framed(encodeTrack(1, [fix(0), fix(1000, { longitudeE7: 2 ** 33 })])))).toThrow(
      "range",
    );
  });
});
