import { type PolicyBody, type PolicyRule, SUBJECTS, type Subject } from "../../wire/assessmentApi";
import type { Faults } from "../../wire/policyApi";

export const WHOLE = 100;

/** Of a subject's weights, without the dust of binary fractions. */
export const sumOf = (rules: readonly PolicyRule[]): number =>
  Math.round(rules.reduce((sum, { weight }) => sum + (Number.isFinite(weight) ? weight : 0), 0) * 1e6) / 1e6;

/** An indicator that is new in a policy: it weighs nothing until somebody says so. */
export const ruleOf = (id: string): PolicyRule => ({
  id,
  weight: 0,
  minimumSamples: 1,
  formula: { kind: "linear", zero: 0, full: 1 },
});

/** What is said of a field of the form, by its pointer below `/policy`. */
export const faultsAt = (faults: Faults, pointer: string): string[] => faults[`/policy${pointer}`] ?? [];

/** Where the form has a field of its own for a fault. */
export function hasField(policy: PolicyBody, pointer: string): boolean {
  if (["/validFrom", "/note", "/legalBasis"].includes(pointer)) return true;
  if (/^\/policy\/timing\/\w+$/.test(pointer)) return true;
  const band = /^\/policy\/bands\/(\d+)\/(from|zh|en)$/.exec(pointer);
  if (band) return Number(band[1]) < policy.bands.length;
  const rule =
    /^\/policy\/subjects\/(\w+)\/(\d+)\/(?:weight|minimumSamples|formula\/(?:zero|full|steps\/\d+\/(?:from|points)))$/.exec(
      pointer,
    );
  if (rule) return Number(rule[2]) < (policy.subjects[rule[1] as Subject]?.length ?? 0);
  const subject = /^\/policy\/subjects\/(\w+)$/.exec(pointer);
  return subject !== null && SUBJECTS.includes(subject[1] as Subject);
}

/** Of an indicator in two versions. Null: it is not in that one. */
export interface RuleChange {
  subject: Subject;
  indicator: string;
  before: PolicyRule | null;
  after: PolicyRule | null;
}

/** Rules that are not the same in two versions, in the later one's order, those that it no longer has last. */
export function changesBetween(before: PolicyBody, after: PolicyBody): RuleChange[] {
  return SUBJECTS.flatMap((subject) => {
    const [was, is] = [before.subjects[subject] ?? [], after.subjects[subject] ?? []];
    const gone = was.filter(({ id }) => !is.some((one) => one.id === id));
    return [
      ...is.map((rule) => ({
        subject,
        indicator: rule.id,
        before: was.find(({ id }) => id === rule.id) ?? null,
        after: rule,
      })),
      ...gone.map((rule) => ({ subject, indicator: rule.id, before: rule, after: null })),
    ].filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after));
  });
}
