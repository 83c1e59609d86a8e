import type { ImportReport } from "../../wire/contracts.gen";

/** What the report says of a feature; `unlisted`: a change or none, the report's list was full before it. */
export type ShapeState = "unchanged" | "unlisted" | "added" | "changed" | "warning" | "error";

/** From below to above in the picture: what matters is drawn last. */
export const SHAPE_STATES: readonly ShapeState[] = ["unchanged", "unlisted", "added", "changed", "warning", "error"];

/** @param isStored whether the center has an area of that code already */
export function shapeStates(
  report: Pick<ImportReport, "problems" | "problemsLeftOff" | "changes" | "changesLeftOff">,
  isStored: (code: string) => boolean,
): (shape: { row: number; code: string | null }) => ShapeState {
  const problems = new Map<number, ShapeState>();
  for (const { row, severity } of report.problems)
    if (severity === "error" || !problems.has(row)) problems.set(row, severity);
  const changes = new Map(report.changes.map(({ row, added }) => [row, added]));
  return ({ row, code }) => {
    const problem = problems.get(row);
    if (problem) return problem;
    const added = changes.get(row);
    if (added !== undefined) return added ? "added" : "changed";
    if (report.changesLeftOff === 0 && report.problemsLeftOff === 0) return "unchanged";
    return code !== null && !isStored(code) ? "added" : "unlisted";
  };
}
