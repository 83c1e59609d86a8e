import type { AreaInfo, Page, SessionInfo, SessionRequest, WorkerInfo } from "./contracts.gen";

export type Session = SessionInfo;

export interface NewCenter {
  token: string;
  user: string;
  password: string;
  areaCode: string;
  areaName: string;
}

/** A request that was not answered with success. Status 0: no answer at all. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly reason: string | null,
    readonly detail: string | null,
    readonly retryAfterSeconds: number | null,
  ) {
    super(detail ?? `status ${status}`);
  }
}

const ANSWER_WITHIN_MS = 15_000;
/** A page of areas with outlines stays well under a megabyte. */
const AREAS_A_PAGE = 500;
const MOST_AREA_PAGES = 200;

export async function call<T>(
  method: string,
  path: string,
  options: { body?: unknown; csrf?: string } = {},
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: "same-origin",
      headers: {
        Accept: "application/json",
        ...(options.body === undefined ? {} : { "Content-Type": "application/json" }),
        ...(options.csrf ? { "X-CSRF-Token": options.csrf } : {}),
      },
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
  } catch {
    throw new ApiProblem(0, null, null, null);
  }
  const text = await response.text().catch(() => "");
  const json = parse(text);
  if (!response.ok) {
    const problem = (json ?? {}) as { reason?: unknown; detail?: unknown };
    throw new ApiProblem(
      response.status,
      typeof problem.reason === "string" ? problem.reason : null,
      typeof problem.detail === "string" ? problem.detail : null,
      retryAfter(response.headers.get("Retry-After")),
    );
  }
  if (json === undefined && text !== "") throw new ApiProblem(502, null, "not JSON", null);
  return json as T;
}

function parse(text: string): unknown {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

/** Seconds from a Retry-After header, which may be a number or a date. */
export function retryAfter(header: string | null, now = Date.now()): number | null {
  if (!header) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, Math.ceil(seconds));
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now) / 1000));
}

export const api = {
  signIn: (user: string, password: string) =>
    call<Session>("POST", "/api/session", { body: { user, password } satisfies SessionRequest }),
  session: () => call<Session>("GET", "/api/session"),
  signOut: (csrf: string) => call<void>("DELETE", "/api/session", { csrf }),
  setUp: (center: NewCenter) => call<unknown>("POST", "/api/setup", { body: center }),
  worker: (code: string) => call<WorkerInfo>("GET", `/api/workers/${encodeURIComponent(code)}`),
  searchWorkers: (search: string, limit: number) =>
    call<Page<WorkerInfo>>("GET", `/api/workers?search=${encodeURIComponent(search)}&limit=${limit}`),

  /** Every area the viewer may see, with outlines, page by page. */
  async areas(): Promise<AreaInfo[]> {
    const areas: AreaInfo[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < MOST_AREA_PAGES; page++) {
      const query: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : "";
      const answer: Page<AreaInfo> = await call("GET", `/api/areas?geometry=true&limit=${AREAS_A_PAGE}${query}`);
      areas.push(...answer.items);
      if (!answer.next) return areas;
      cursor = answer.next;
    }
    throw new ApiProblem(502, null, "areas do not end", null);
  },
};
