import { ref, shallowRef } from "vue";
import { assessmentPolicy, type PolicyBody } from "../wire/assessmentApi";

/** Policies by version, read once: a version never changes. One that does not come leaves the page's own words for bands, and no formulas; the page says so. */
export function usePolicies() {
  const known = shallowRef<ReadonlyMap<number, PolicyBody>>(new Map());
  const asked = new Set<number>();
  /** The version that did not come last; null: all came. */
  const failed = ref<number | null>(null);

  async function want(version: number): Promise<void> {
    if (asked.has(version)) return;
    asked.add(version);
    try {
      const policy = await assessmentPolicy(version);
      known.value = new Map([...known.value, [version, policy]]);
      if (failed.value === version) failed.value = null;
    } catch {
      asked.delete(version);
      failed.value = version;
    }
  }

  return {
    want,
    failed,
    of: (version: number | null | undefined): PolicyBody | null => known.value.get(version ?? 0) ?? null,
  };
}
