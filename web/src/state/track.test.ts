import { describe, expect, it } from "vitest";
import type { WorkerTrack } from "../wire/contracts.gen";
import { dayParts, trackLines } from "./dayTrack";

const at = (time: string) => Date.parse(`2026-11-22T${time}:00+08:00`);
const iso = (time: string) => new Date(at(time)).toISOString();

function track(times: string[], gaps: [string, string][] = []): WorkerTrack {
  return {
    worker: "W1",
    unreadable: false,
    from: iso("00:00"),
    to: iso("18:00"),
    storedUntil: null,
    fixes: times.length,
    thinned: false,
    distanceMeters: 0,
    at: times.map(at),
    longitudeE7: times.map((_, i) => 1_125_600_000 + i * 1000),
    latitudeE7: times.map(() => 378_600_000),
    gaps: gaps.map(([from, to]) => ({ from: iso(from), to: iso(to) })),
    latest: null,
  };
}

describe("the day bar", () => {
  it("shows reports as shares of the center's day", () => {
    expect(dayParts(track(["06:00", "12:00"]))).toMatchObject([{ kind: "track", from: 0.25, to: 0.5 }]);
  });
  it("cuts the day at its gaps, and shows one that still lasts", () => {
    const parts = dayParts(
      track(
        ["06:00", "08:00", "10:00", "12:00"],
        [
          ["08:00", "10:00"],
          ["12:00", "18:00"],
        ],
      ),
    );
    expect(parts.map((part) => [part.kind, part.from * 24, part.to * 24])).toEqual([
      ["track", 6, 8],
      ["gap", 8, 10],
      ["track", 10, 12],
      ["gap", 12, 18],
    ]);
  });
  it("is empty without a fix", () => expect(dayParts(track([]))).toEqual([]));
  it("leaves out a gap that ends before it begins", () => {
    expect(dayParts(track(["06:00", "12:00"], [["09:00", "08:00"]]))).toHaveLength(1);
  });
});

describe("the track on the map", () => {
  it("is one line without gaps", () => {
    const lines = trackLines(track(["06:00", "06:01", "06:02"]));
    expect(lines.solid.map((line) => line.length)).toEqual([3]);
    expect(lines.gaps).toEqual([]);
  });
  it("is cut at a gap, which is drawn straight across", () => {
    const lines = trackLines(track(["06:00", "06:01", "07:01", "07:02"], [["06:01", "07:01"]]));
    expect(lines.solid.map((line) => line.length)).toEqual([2, 2]);
    expect(lines.gaps).toEqual([[lines.solid[0][1], lines.solid[1][0]]]);
  });
  it("does not draw across a silence before the first fix or after the last", () => {
    const lines = trackLines(
      track(
        ["06:00", "06:01"],
        [
          ["00:00", "06:00"],
          ["06:01", "18:00"],
        ],
      ),
    );
    expect(lines.solid.map((line) => line.length)).toEqual([2]);
    expect(lines.gaps).toEqual([]);
  });
});
