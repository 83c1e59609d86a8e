import { describe, expect, it } from "vitest";
import { ApiProblem } from "../../wire/api";
import { spanProblem } from "./spanProblem";

const refusal = (detail: string) => new ApiProblem(400, "bad-argument", detail, null);

describe("spanProblem", () => {
  it.each([
    ["'to' must be later than 'from'.", "to", "order", 0],
    ["'to' must be at most 31 days after 'from'.", "to", "tooLong", 31],
    ["'from' must be a day that has begun.", "from", "notBegun", 0],
    ["'from' must be a day of this century.", "from", "tooEarly", 0],
    ["'to' must be a day such as 2026-01-31 or a moment such as 2026-01-31T08:00:00Z.", "to", "notDay", 0],
    ["'to' must be something new.", "to", "other", 0],
  ])("finds the field of %j", (detail, field, key, n) => {
    expect(spanProblem(refusal(detail))).toEqual({ field, key, n, detail });
  });

  it("leaves other refusals alone", () => {
    expect(spanProblem(refusal("'name' must be short."))).toBeNull();
    expect(spanProblem(new ApiProblem(403, "not-all-areas", "…", null))).toBeNull();
  });
});
