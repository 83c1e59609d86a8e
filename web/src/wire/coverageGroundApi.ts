import { type Datum, withQuery } from "./adminApi";
import { call } from "./api";
import type {
  CoverageMaskReport,
  CoverageMasks,
  CoverageTargetInfo,
  CoverageTargets,
  NewCoverageTarget,
} from "./contracts.gen";
import { problemOf, rawCall } from "./rawCall";

const IMPORT_WITHIN_MS = 120_000;
const at = encodeURIComponent;

export const coverageTargets = (): Promise<CoverageTargets> => call("GET", "/api/coverage/targets");

export const setCoverageTarget = (area: string, target: NewCoverageTarget, csrf: string): Promise<CoverageTargetInfo> =>
  call("PUT", `/api/coverage/targets/${at(area)}`, { body: target, csrf });

export const clearCoverageTarget = (area: string, csrf: string): Promise<CoverageTargetInfo> =>
  call("DELETE", `/api/coverage/targets/${at(area)}`, { csrf });

export const coverageMasks = (): Promise<CoverageMasks> => call("GET", "/api/coverage/masks");

export const endCoverageMask = (code: string, csrf: string): Promise<void> =>
  call("DELETE", `/api/coverage/masks/${at(code)}`, { csrf });

/** Good features are kept, the others are told one by one. */
export async function importCoverageMasks(file: Blob, datum: Datum, csrf: string): Promise<CoverageMaskReport> {
  const answer = await rawCall("PUT", withQuery("/api/coverage/masks", { datum }), {
    body: file,
    headers: { "Content-Type": "application/geo+json", "X-CSRF-Token": csrf },
    timeoutMs: IMPORT_WITHIN_MS,
  });
  if (answer.status !== 200) throw problemOf(answer);
  return answer.json as CoverageMaskReport;
}
