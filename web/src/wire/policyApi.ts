import { call } from "./api";
import type { Period, PolicyBody, Subject } from "./assessmentApi";
import type { AssessmentPolicies, AssessmentPolicyInfo, PolicyPreview } from "./contracts.gen";
import { problemOf, type RawAnswer, rawCall } from "./rawCall";

/** What is wrong with a policy: by JSON pointer into what was sent. */
export type Faults = Record<string, string[]>;

/** A policy that was refused with its faults. */
export class FaultyPolicy extends Error {
  constructor(readonly faults: Faults) {
    super("faulty-policy");
  }
}

/** A month of a district is scored twice while one waits. */
const PREVIEW_WITHIN_MS = 60_000;

export interface PolicyDraft {
  policy: PolicyBody | unknown;
  legalBasis: string | null;
}

export const policies = (): Promise<AssessmentPolicies> => call("GET", "/api/assessment/policies");

async function send(method: string, path: string, body: unknown, csrf: string): Promise<RawAnswer> {
  const answer = await rawCall(method, path, {
    headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf },
    body: JSON.stringify(body),
    timeoutMs: PREVIEW_WITHIN_MS,
  });
  if (answer.status < 300) return answer;
  const { errors } = (answer.json ?? {}) as { errors?: Faults };
  throw answer.status === 400 && errors ? new FaultyPolicy(errors) : problemOf(answer);
}

/** Throws {@link FaultyPolicy}. */
export const checkPolicy = async (draft: PolicyDraft, csrf: string): Promise<void> => {
  await send("POST", "/api/assessment/policies/check", draft, csrf);
};

/** A past period's scores by both policies; nothing is stored. */
export const previewPolicy = async (
  draft: PolicyDraft & { period: Period; starts: string; subject: Subject },
  csrf: string,
): Promise<PolicyPreview> =>
  (await send("POST", "/api/assessment/policies/preview", draft, csrf)).json as PolicyPreview;

/** `after`: the newest version that its writer knew; 409 `policy-changed` when there is a newer one. */
export const storePolicy = async (
  draft: PolicyDraft & { after: number; validFrom: string; note: string | null },
  csrf: string,
): Promise<AssessmentPolicyInfo> =>
  (await send("PUT", "/api/assessment/policies", draft, csrf)).json as AssessmentPolicyInfo;
