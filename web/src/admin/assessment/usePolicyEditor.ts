import { computed, onUnmounted, ref, watch } from "vue";
import { hasField, sumOf, WHOLE } from "../../state/assessment/policyDraft";
import { ApiProblem } from "../../wire/api";
import type { PolicyBody } from "../../wire/assessmentApi";
import type { AssessmentPolicyInfo } from "../../wire/contracts.gen";
import { checkPolicy, type Faults, FaultyPolicy } from "../../wire/policyApi";
import { useAdmin } from "../useAdmin";
import { faultText } from "./faultText";

const TYPING_MS = 400;

/** A changed copy of a policy, as a form and as JSON, with what the server says is wrong with it. */
export function usePolicyEditor(base: AssessmentPolicyInfo) {
  const { session, t, locale, problemText, signedOut } = useAdmin();
  const original = JSON.stringify(base.policy);
  const policy = ref(JSON.parse(original) as PolicyBody);
  const legalBasis = ref(base.legalBasis ?? "");
  const mode = ref<"form" | "json">("form");
  const text = ref("");
  const notJson = ref<string | null>(null);
  const said = ref<Faults>({});
  const faults = computed<Faults>(() =>
    Object.fromEntries(
      Object.entries(said.value).map(([at, all]) => [at, all.map((one) => faultText(one, locale.value))]),
    ),
  );
  const state = ref<"checking" | "good" | "faulty" | "unknown">("good");
  const problem = ref<string | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let run = 0;

  /** What would be sent; undefined while the JSON is none. */
  const written = computed<unknown>(() => {
    if (mode.value === "form") return policy.value;
    try {
      return JSON.parse(text.value);
    } catch {
      return undefined;
    }
  });
  const draft = computed(() => ({ policy: written.value, legalBasis: legalBasis.value.trim() || null }));
  const isChanged = computed(
    () => JSON.stringify(written.value) !== original || legalBasis.value !== (base.legalBasis ?? ""),
  );
  /** What has no field of its own on the form. */
  const loose = computed(() =>
    Object.entries(faults.value).filter(([at]) => mode.value === "json" || !hasField(policy.value, at)),
  );

  async function check(): Promise<boolean> {
    clearTimeout(timer);
    const mine = ++run;
    if (written.value === undefined) {
      state.value = "faulty";
      return false;
    }
    state.value = "checking";
    try {
      await checkPolicy(draft.value, session.value.csrf);
      if (mine !== run) return false;
      take({});
      return true;
    } catch (error) {
      if (mine !== run) return false;
      if (error instanceof FaultyPolicy) {
        take(error.faults);
        return false;
      }
      if (error instanceof ApiProblem && error.status === 401) signedOut();
      state.value = "unknown";
      problem.value = problemText(error);
      return false;
    }
  }

  function take(found: Faults): void {
    said.value = found;
    problem.value = null;
    state.value = Object.keys(found).length > 0 ? "faulty" : "good";
  }

  watch(
    [written, legalBasis],
    () => {
      clearTimeout(timer);
      timer = setTimeout(check, TYPING_MS);
    },
    { deep: true },
  );
  watch(text, (now) => {
    try {
      JSON.parse(now);
      notJson.value = null;
    } catch (error) {
      notJson.value = t("policy.notJson", { why: error instanceof Error ? error.message : String(error) });
    }
  });
  onUnmounted(() => {
    clearTimeout(timer);
    run++;
  });

  return {
    policy,
    legalBasis,
    mode,
    text,
    notJson,
    faults,
    loose,
    state,
    problem,
    draft,
    isChanged,
    check,
    take,
    sums: computed(() =>
      Object.fromEntries(
        Object.entries(policy.value.subjects).map(([subject, rules]) => [subject, sumOf(rules ?? []) === WHOLE]),
      ),
    ),
    toJson(): void {
      text.value = JSON.stringify(policy.value, null, 2);
      notJson.value = null;
      mode.value = "json";
    },
    /** The form can show only what has the policy's shape. */
    async toForm(): Promise<void> {
      const now = written.value;
      if (!(await check())) return;
      policy.value = now as PolicyBody;
      mode.value = "form";
    },
  };
}

export type PolicyEditor = ReturnType<typeof usePolicyEditor>;
