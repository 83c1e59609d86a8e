import { describe, expect, it } from "vitest";
import { readLocal, writeLocal } from "./dateText";

describe("a typed day and time", () => {
  it.each([
    ["2026-11-22 10:41", "2026-11-22T10:41"],
    ["2026-11-22T10:41", "2026-11-22T10:41"],
    [" 2026/1/2  8:05:30 ", "2026-01-02T08:05"],
    ["2026年11月22日 8：05", "2026-11-22T08:05"],
  ])("%s is read", (text, local) => expect(readLocal(text, "datetime-local")).toBe(local));

  it.each([
    "",
    "tomorrow",
    "2026-11-22",
    "2026-02-30 10:00",
    "2026-11-22 24:00",
    "2026-13-01 10:00",
    "22.11.2026 10:41",
  ])("%s is not taken for another", (text) => expect(readLocal(text, "datetime-local")).toBeNull());

  it("has no time where a day is meant, and is written as it is read", () => {
    expect(readLocal("2026-3-9", "date")).toBe("2026-03-09");
    expect(readLocal("2026-03-09 10:00", "date")).toBeNull();
    expect(readLocal(writeLocal("2026-03-09T10:00"), "datetime-local")).toBe("2026-03-09T10:00");
  });
});
