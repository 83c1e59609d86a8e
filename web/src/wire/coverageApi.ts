import { withQuery } from "./adminApi";
import { call } from "./api";
import { type CoveragePicture, decodeCoverage, type Measure } from "./coverageBytes";
import { ApiProblem, problemOf, rawCall, retryAfter } from "./rawCall";
import { reasonHeaders, type Why } from "./tracksApi";

/** Days of the center's zone, `to` exclusive. */
export interface CoverageAsk {
  area: string;
  from: string;
  to: string;
}

export interface CoverageRate {
  area: string;
  name: string;
  kind: string;
  /** Squares of 25 m; so are `visited`, `blind`, `planned` and `done`. */
  patrollable: number;
  visited: number;
  /** 0 to 1; null: no ground, or no day of the window was reckoned. */
  rate: number | null;
  blind: number;
  planned: number;
  done: number;
  dwellSeconds: number;
  visits: number;
}

export interface CoverageDay {
  day: string;
  rate: number | null;
  visited: number;
  patrollable: number;
}

/** As answered by `GET /api/coverage/rates`: the area itself first, then what lies right below it. */
export interface CoverageRates {
  area: string;
  from: string;
  to: string;
  /** Of the window, as far as it has begun, and how many of them were reckoned. */
  days: number;
  reckoned: number;
  reckonedAt: string | null;
  correctedAt: string | null;
  items: CoverageRate[];
  trend: CoverageDay[];
}

export interface CoverageCellDay {
  day: string;
  dwellSeconds: number;
  visits: number;
  passes: number;
  workers: number;
  lastAt: string | null;
}

export interface CoverageCell {
  key: string;
  center: [longitude: number, latitude: number];
  polygon: [number, number][];
  /** Code of the grid that it lies in. */
  area: string;
  patrollable: boolean;
  /** Days without a visit after which it is blind. */
  target: number;
  /** Null: not visited as far as was looked back. */
  ageDays: number | null;
  days: CoverageCellDay[];
}

export interface CoverageTrack {
  day: string;
  worker: string;
  name: string;
  dwellSeconds: number;
  visits: number;
  passes: number;
  /** The moments to read the track for. */
  from: string;
  to: string;
}

export interface CoverageTracks {
  items: CoverageTrack[];
  /** People at home outside of the viewer's area, who are not named. */
  outside: number;
  /** Whether there were more than are told. */
  more: boolean;
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

export const coverageCell = (key: string, { from, to }: Pick<CoverageAsk, "from" | "to">): Promise<CoverageCell> =>
  call("GET", withQuery(`/api/coverage/cells/${encodeURIComponent(key)}`, { from, to }));

/** Whose tracks earned a square. The look is on each one's audit trail. */
export async function coverageTracks(
  key: string,
  { from, to }: Pick<CoverageAsk, "from" | "to">,
  why: Why,
): Promise<CoverageTracks> {
  const answer = await rawCall(
    "GET",
    withQuery(`/api/coverage/cells/${encodeURIComponent(key)}/tracks`, { from, to }),
    {
      headers: reasonHeaders(why),
    },
  );
  if (answer.status !== 200) throw problemOf(answer);
  return answer.json as CoverageTracks;
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
