import { type Datum, withQuery } from "./adminApi";
import { call } from "./api";
import { problemOf, rawCall } from "./rawCall";

export type TargetChoice = "hot-spot" | "normal" | "remote";

export interface CoverageTargetSet {
  area: string;
  name: string;
  days: number;
  setBy: string | null;
  setAt: string;
}

export interface CoverageTargets {
  /** Days where none was set. */
  usual: number;
  most: number;
  choices: Record<string, number>;
  items: CoverageTargetSet[];
}

export interface CoverageMaskInfo {
  code: string;
  name: string;
  kind: "water" | "closed";
  since: string;
  addedBy: string | null;
}

export interface CoverageMaskReport {
  added: number;
  changed: number;
  same: number;
  /** The first hundred features that are no masks. */
  refused: { feature: number; code: string | null; field: string | null; reason: string }[];
  refusedCount: number;
}

const IMPORT_WITHIN_MS = 120_000;
const at = encodeURIComponent;

export const coverageTargets = (): Promise<CoverageTargets> => call("GET", "/api/coverage/targets");

export const setCoverageTarget = (
  area: string,
  target: { days: number } | { choice: TargetChoice },
  csrf: string,
): Promise<unknown> => call("PUT", `/api/coverage/targets/${at(area)}`, { body: target, csrf });

export const clearCoverageTarget = (area: string, csrf: string): Promise<unknown> =>
  call("DELETE", `/api/coverage/targets/${at(area)}`, { csrf });

export const coverageMasks = (): Promise<{ items: CoverageMaskInfo[] }> => call("GET", "/api/coverage/masks");

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
