import { describe, expect, it } from "vitest";
import type { ImportedRow, ImportProblem } from "../../wire/contracts.gen";
import { shapeStates } from "./shapeStates";

const problem = (row: number, severity: "error" | "warning") => ({ row, severity }) as ImportProblem;
const change = (row: number, added: boolean) => ({ row, added }) as ImportedRow;
const report = (leftOff = 0) => ({
  problems: [problem(1, "warning"), problem(1, "error"), problem(2, "warning")],
  problemsLeftOff: 0,
  changes: [change(2, true), change(3, true), change(4, false)],
  changesLeftOff: leftOff,
});
const stateOf = (row: number, leftOff = 0) =>
  shapeStates(report(leftOff), (code) => code === "stored")({ row, code: row === 5 ? "stored" : "new" });

describe("shapeStates", () => {
  it("lets an error win over a warning, and a problem over a change", () =>
    expect([stateOf(1), stateOf(2)]).toEqual(["error", "warning"]));
  it("tells new from changed", () => expect([stateOf(3), stateOf(4)]).toEqual(["added", "changed"]));
  it("takes what no list names for unchanged", () => expect(stateOf(5)).toBe("unchanged"));
  it("does not guess past the end of the report's lists", () =>
    expect([stateOf(5, 9), stateOf(6, 9)]).toEqual(["unlisted", "added"]));
});
