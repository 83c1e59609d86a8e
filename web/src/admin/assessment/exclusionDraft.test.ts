import { describe, expect, it } from "vitest";
import { draftOf, exclusionOf, isInOrder } from "./exclusionDraft";

describe("excluded days", () => {
  it("hold their last day, over the end of a month", () =>
    expect(exclusionOf({ kind: "leave", from: "2026-10-30", last: "2026-10-31", note: " " })).toEqual({
      kind: "leave",
      from: "2026-10-30",
      to: "2026-11-01",
      note: null,
    }));
  it("may be one day", () => expect(isInOrder(draftOf("2026-10-05"))).toBe(true));
  it("do not end before they begin", () =>
    expect(isInOrder({ ...draftOf("2026-10-05"), last: "2026-10-04" })).toBe(false));
  it("are not empty", () => expect(isInOrder(draftOf(""))).toBe(false));
});
