import { withQuery } from "./adminApi";
import { call } from "./api";
import type { CoverageCellInfo, CoverageCellTracks, CoverageRates } from "./contracts.gen";
import { type CoveragePicture, decodeCoverage, type Measure } from "./coverageBytes";
import { ApiProblem, problemOf, rawCall, retryAfter } from "./rawCall";
import { reasonHeaders, type Why } from "./tracksApi";

/** Days of the center's zone, `to` exclusive. */
export interface CoverageAsk {
  area: string;
  from: string;
  to: string;
}

export interface PackedAnswer {
  picture: CoveragePicture;
  reckonedAt: string | null;
}

const PICTURE_WITHIN_MS = 30_000;
export type ExportFormat = "csv" | "geojson" | "png";

/** The picture in its packed form; what the browser holds already is only asked after. */
export async function coveragePicture(
  ask: CoverageAsk & { measure: Measure; size: number },
  signal: AbortSignal,
): Promise<PackedAnswer> {
  let response: Response;
  let bytes: ArrayBuffer;
  try {
    response = await fetch(withQuery("/api/coverage", { ...ask }), {
      credentials: "same-origin",
      headers: { Accept: "application/x-coverage" },
      signal: AbortSignal.any([signal, AbortSignal.timeout(PICTURE_WITHIN_MS)]),
    });
    bytes = await response.arrayBuffer();
  } catch (error) {
    if (signal.aborted) throw error;
    throw new ApiProblem(0, null, null, null);
  }
  if (!response.ok) {
    const text = new TextDecoder().decode(bytes);
    throw problemOf({
      status: response.status,
      json: parse(text),
      text,
      retryAfterSeconds: retryAfter(response.headers.get("Retry-After")),
    });
  }
  return {
    picture: decodeCoverage(new Uint8Array(bytes)),
    reckonedAt: response.headers.get("Coverage-Reckoned-At"),
  };
}

export const coverageRates = (ask: CoverageAsk): Promise<CoverageRates> =>
  call("GET", withQuery("/api/coverage/rates", { ...ask }));

export const coverageCell = (key: string, { from, to }: Pick<CoverageAsk, "from" | "to">): Promise<CoverageCellInfo> =>
  call("GET", withQuery(`/api/coverage/cells/${encodeURIComponent(key)}`, { from, to }));

/** Whose tracks earned a square. The look is on each one's audit trail. */
export async function coverageTracks(
  key: string,
  { from, to }: Pick<CoverageAsk, "from" | "to">,
  why: Why,
): Promise<CoverageCellTracks> {
  const answer = await rawCall(
    "GET",
    withQuery(`/api/coverage/cells/${encodeURIComponent(key)}/tracks`, { from, to }),
    {
      headers: reasonHeaders(why),
    },
  );
  if (answer.status !== 200) throw problemOf(answer);
  return answer.json as CoverageCellTracks;
}

/** Where a browser loads the file from. */
export const coverageExport = (ask: CoverageAsk & { measure: Measure; format: ExportFormat }): string =>
  withQuery("/api/coverage/export", { ...ask });

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
