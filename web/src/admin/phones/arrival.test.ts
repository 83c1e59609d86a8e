import { describe, expect, it } from "vitest";
import { arrivalOf } from "./arrival";

const at = (second: number) => `2026-11-22T10:00:${String(second).padStart(2, "0")}Z`;

describe("arrivalOf", () => {
  it("waits while nothing was heard", () => expect(arrivalOf(null, [])).toBe("waiting"));
  it("has arrived once something was heard and nothing refused", () => expect(arrivalOf(at(5), [])).toBe("arrived"));
  it("is refused when the newest report was", () => expect(arrivalOf(at(5), [{ lastAt: at(5) }])).toBe("refused"));
  it("has arrived when a report came after the refusal", () =>
    expect(arrivalOf(at(9), [{ lastAt: at(5) }, { lastAt: at(2) }])).toBe("arrived"));
});
