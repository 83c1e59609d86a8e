import { describe, expect, it } from "vitest";
import { faultOf } from "./dateText";

describe("a day or a time that is typed", () => {
  it.each([
    ["2026-11-22 10:41", "datetime-local", null],
    ["2026/1/2 9:05", "datetime-local", null],
    ["2026年1月2日", "date", null],
    ["", "date", "empty"],
    ["  ", "datetime-local", "empty"],
    ["tomorrow", "date", "form"],
    ["2026-11-22", "datetime-local", "form"],
    ["2026-11-22 10:41", "date", "form"],
    ["2026-02-30", "date", "noSuch"],
    ["2026-11-22 25:00", "datetime-local", "noSuch"],
  ] as const)("%s as %s: %s", (text, kind, fault) => {
    expect(faultOf(text, kind)).toBe(fault);
  });
});
