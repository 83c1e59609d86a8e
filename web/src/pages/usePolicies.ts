import { shallowRef } from "vue";
import { assessmentPolicy, type PolicyBody } from "../wire/assessmentApi";

/** Policies by version, read once: a version never changes. One that does not come leaves the page's own words for bands, and no formulas. */
export function usePolicies() {
  const known = shallowRef<ReadonlyMap<number, PolicyBody>>(new Map());
  const asked = new Set<number>();

  async function want(version: number): Promise<void> {
    if (asked.has(version)) return;
    asked.add(version);
    try {
      const policy = await assessmentPolicy(version);
      known.value = new Map([...known.value, [version, policy]]);
    } catch {
      asked.delete(version);
    }
  }

  return {
    want,
    of: (version: number | null | undefined): PolicyBody | null => known.value.get(version ?? 0) ?? null,
  };
}
