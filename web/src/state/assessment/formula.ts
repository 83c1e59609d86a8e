import type { PolicyBody, PolicyFormula, PolicyRule, Subject } from "../../wire/assessmentApi";
import type { ScoreItem } from "../../wire/contracts.gen";

/** How a policy turns an indicator of a kind of subject into points; null: it does not name it. */
export const ruleOf = (policy: PolicyBody | null, subject: Subject, indicator: string): PolicyRule | null =>
  policy?.subjects[subject]?.find(({ id }) => id === indicator) ?? null;

/** The way from a value to points, to be written out. */
export type PointsWay =
  /** (value − zero) ÷ (full − zero) × 100; `held` where that would be beyond 0 or 100. */
  | { kind: "linear"; zero: number; full: number; held: "below" | "above" | null }
  /** The step that was reached; null: none. */
  | { kind: "steps"; step: { from: number; points: number } | null };

export function wayOf(formula: PolicyFormula, value: number): PointsWay {
  if (formula.kind === "steps") {
    return { kind: "steps", step: formula.steps.filter(({ from }) => value >= from).at(-1) ?? null };
  }
  const { zero, full } = formula;
  const share = (value - zero) / (full - zero);
  return { kind: "linear", zero, full, held: share > 1 ? "above" : share < 0 ? "below" : null };
}

/** Why a row of the list has no total. The list carries no word for it; the policy and the person's erasure tell it. */
export function whyNoTotal(
  item: Pick<ScoreItem, "total" | "subject">,
  subject: Subject,
  policy: PolicyBody | null,
): "erased" | "not-assessed" | "over-half-without-data" | null {
  if (item.subject === null) return "erased";
  if (item.total !== null) return null;
  return policy && !policy.subjects[subject] ? "not-assessed" : "over-half-without-data";
}

/** The band's name in the policy's own words; null: it does not know it. */
export function bandName(policy: PolicyBody | null, band: string, language: string): string | null {
  const found = policy?.bands.find(({ id }) => id === band);
  return found ? (language.startsWith("zh") ? found.zh : found.en) : null;
}
