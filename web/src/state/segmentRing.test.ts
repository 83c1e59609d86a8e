import { describe, expect, it } from "vitest";
import { ROW_SEGMENTS, SEGMENT_FLOATS, SegmentRing } from "./segmentRing";

const FIRST_ROOM = 8 * ROW_SEGMENTS;

/** Adds pieces that end at from, from + 1, …; returns their numbers. */
const fill = (ring: SegmentRing, from: number, count: number, earlier = -1): number[] =>
  Array.from({ length: count }, (_, n) =>
    ring.add({ x: 0, y: 0, at: from + n - 1 }, { x: from + n, y: 0, at: from + n }, 1, earlier),
  );

/** Where the live pieces lead, oldest first. */
const drawn = (ring: SegmentRing): number[] =>
  ring
    .runs()
    .flatMap(({ place, count }) => Array.from({ length: count }, (_, n) => (place + n) * SEGMENT_FLOATS))
    .filter((at) => ring.floats[at + 5] >= 0)
    .map((at) => ring.floats[at + 2]);

const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, n) => from + n);

describe("SegmentRing", () => {
  it("draws the live pieces as one stretch, or two where it comes round", () => {
    const ring = new SegmentRing(8);
    fill(ring, 0, FIRST_ROOM);
    expect(ring.runs()).toEqual([{ place: 0, count: FIRST_ROOM }]);
    ring.expire(100);
    fill(ring, FIRST_ROOM, 40);
    expect(ring.runs()).toEqual([
      { place: 100, count: FIRST_ROOM - 100 },
      { place: 0, count: 40 },
    ]);
    expect(drawn(ring)).toEqual(range(100, FIRST_ROOM - 60));
  });

  it("grows while there is room to grow, wherever it stands, and finds a worker's pieces again", () => {
    const ring = new SegmentRing(64);
    fill(ring, 0, 5000);
    ring.expire(3000);
    const [mine] = fill(ring, 5000, 1);
    const [second] = fill(ring, 5001, 1, mine);
    fill(ring, 5002, 20_000);
    expect(ring.rows).toBe(32);
    expect(drawn(ring)).toEqual(range(3000, 22_002));
    ring.remove(second);
    expect(drawn(ring)).toEqual([...range(3000, 2000), ...range(5002, 20_000)]);
  });

  it("lets the oldest go when it is full, and takes away no one else's piece in its place", () => {
    const ring = new SegmentRing(8);
    const [mine] = fill(ring, 0, 1);
    const [second] = fill(ring, 1, 1, mine);
    fill(ring, 2, FIRST_ROOM);
    expect(drawn(ring)).toEqual(range(2, FIRST_ROOM));
    ring.remove(second);
    expect(drawn(ring)).toEqual(range(2, FIRST_ROOM));
  });

  it("tells which rows to upload, once", () => {
    const ring = new SegmentRing(8);
    const numbers = fill(ring, 0, 3 * ROW_SEGMENTS);
    expect(ring.drainDirty()).toEqual([{ row: 0, rows: 3 }]);
    expect(ring.drainDirty()).toEqual([]);
    ring.remove(numbers[ROW_SEGMENTS + 1]);
    fill(ring, 0, 1);
    expect(ring.drainDirty()).toEqual([
      { row: 1, rows: 1 },
      { row: 3, rows: 1 },
    ]);
  });

  it("moves all times but those of pieces taken away", () => {
    const ring = new SegmentRing(8);
    const numbers = fill(ring, 10, 3);
    ring.remove(numbers[1]);
    ring.shift(100);
    expect([0, 1, 2].map((n) => ring.floats[n * SEGMENT_FLOATS + 5])).toEqual([110, -1e9, 112]);
  });
});
