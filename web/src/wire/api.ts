import type {
  AreaInfo,
  BasemapInfo,
  KioskInfo,
  Page,
  SessionInfo,
  SessionRequest,
  WorkerInfo,
  WorkerTrack,
} from "./contracts.gen";
import { ApiProblem, problemOf, rawCall } from "./rawCall";

export { ApiProblem } from "./rawCall";

export type Session = SessionInfo;

export interface NewCenter {
  token: string;
  user: string;
  password: string;
  areaCode: string;
  areaName: string;
}

const AREAS_A_PAGE = 500;
const MOST_AREA_PAGES = 200;

export interface CallOptions {
  /** Sent as JSON, or as it is when `type` is given. */
  body?: unknown;
  /** Media type of a body that is text or bytes already. */
  type?: string;
  /** Needed for every write that is signed in by cookie. */
  csrf?: string;
  withinMs?: number;
}

/** One request to this page's own server. Anything but success and JSON throws {@link ApiProblem}. */
export async function call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
  const { body, type, csrf } = options;
  const answer = await rawCall(method, path, {
    headers: {
      ...(body === undefined ? {} : { "Content-Type": type ?? "application/json" }),
      ...(csrf ? { "X-CSRF-Token": csrf } : {}),
    },
    body: body === undefined || type ? (body as BodyInit | undefined) : JSON.stringify(body),
    timeoutMs: options.withinMs,
  });
  if (answer.status < 200 || answer.status > 299) throw problemOf(answer);
  if (answer.json === undefined && answer.text !== "") throw new ApiProblem(502, null, "not JSON", null);
  return answer.json as T;
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
  /** Those who left the roster, too: their past can be replayed. For dispatchers and above. */
  searchPeople: (search: string, limit: number) =>
    call<Page<WorkerInfo>>("GET", `/api/workers?search=${encodeURIComponent(search)}&limit=${limit}&leavers=true`),
  peoplePage: (limit: number, cursor: string | null) =>
    call<Page<WorkerInfo>>(
      "GET",
      `/api/workers?limit=${limit}&leavers=true${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`,
    ),

  basemaps: () => call<BasemapInfo[]>("GET", "/api/basemaps"),
  ownKiosk: () => call<KioskInfo>("GET", "/api/kiosks/self"),
  /** The track since the center's midnight. Recorded on the audit trail. */
  track: (code: string) => call<WorkerTrack>("GET", `/api/workers/${encodeURIComponent(code)}/track`),
  /** Records that this screen follows the worker. */
  follow: (code: string, csrf: string) =>
    call<void>("POST", `/api/workers/${encodeURIComponent(code)}/follow`, { csrf }),

  /** Every area the viewer may see, without outlines (those come as map tiles), page by page. */
  areas: () => areaPages(""),
  /** Areas with their polygons, of the given kinds or all. */
  areaShapes: async (kinds: readonly string[] | null) =>
    (await Promise.all((kinds ?? [""]).map((kind) => areaPages(`&geometry=true${kind && `&kind=${kind}`}`)))).flat(),
};

async function areaPages(narrowed: string): Promise<AreaInfo[]> {
  const areas: AreaInfo[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_AREA_PAGES; page++) {
    const query: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : "";
    const answer: Page<AreaInfo> = await call("GET", `/api/areas?limit=${AREAS_A_PAGE}${narrowed}${query}`);
    areas.push(...answer.items);
    if (!answer.next) return areas;
    cursor = answer.next;
  }
  throw new ApiProblem(502, null, "areas do not end", null);
}
