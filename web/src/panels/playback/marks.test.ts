import { describe, expect, it } from "vitest";
import type { TrackNote } from "../../wire/contracts.gen";
import { type Mark, markAt, marksOf } from "./marks";

const NOON = Date.parse("2026-11-22T04:00:00Z");
const DAY = 86_400_000;
const note = (id: string, minute: number, by = 0): TrackNote => ({
  id,
  worker: "W1",
  at: new Date(NOON + by + minute * 60_000).toISOString(),
  text: `note ${id}`,
  author: "duty",
  removable: id === "a",
  createdAt: new Date(NOON).toISOString(),
});
const words = { sos: (name: string) => `${name}!`, sosBy: () => "", noteBy: () => "" };
const span = { from: NOON, to: NOON + 3_600_000 };
const made = (notes: TrackNote[], days = [{ set: 0, offsetMs: 0, span }]): Mark[] =>
  marksOf(
    [{ row: 0, ms: NOON + 600_000, fix: 3, count: 2, isLate: false }],
    notes,
    (row) => (row === 0 ? { row, set: 0, code: "W1", name: "Wang" } : null),
    (set) => (set === 0 ? 0 : null),
    days,
    (set, code) => (set === 0 ? code : `${code}@2`),
    words,
    (code) => code,
  );

describe("marks on the timeline", () => {
  it("are calls for help and notes in order of time, a note only within the span", () => {
    const marks = made([note("b", 20), note("a", 5), note("c", 61)]);
    expect(marks.map((mark) => [mark.kind, mark.text, mark.isRemovable])).toEqual([
      ["note", "note a", true],
      ["sos", "Wang!", false],
      ["note", "note b", false],
    ]);
  });

  it("stand on their own day's lane when two days are compared, at the clock's time", () => {
    const days = [
      { set: 0, offsetMs: 0, span },
      { set: 1, offsetMs: DAY, span: { from: NOON - DAY, to: NOON - DAY + 3_600_000 } },
    ];
    const other = made([note("b", 20, -DAY)], days).find((mark) => mark.kind === "note");
    expect([other?.key, other?.ms]).toEqual(["W1@2", NOON + 20 * 60_000]);
  });

  it("are meant within a few pixels, the nearer one, in its own lane, calls before notes", () => {
    const marks = made([note("a", 10), note("b", 11)]);
    const at = (x: number, lane: string | null) => markAt(marks, x, lane, span, 3600)?.kind ?? null;
    expect(at(600, "W1")).toBe("sos");
    expect(at(598, null)).toBe("sos");
    expect(at(656, "W1")).toBe("note");
    expect(at(630, "W1")).toBeNull();
    expect(at(600, "W2")).toBeNull();
  });
});
