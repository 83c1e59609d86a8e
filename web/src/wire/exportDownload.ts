import { backoffMs } from "./backoff";
import { ApiProblem, problemOf, retryAfter } from "./rawCall";
import { reasonHeaders, type TrackAsk, trackQuery, type Why } from "./tracksApi";

export const EXPORT_FORMATS = ["gpx", "kml", "csv", "geojson", "mf-json", "case"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportAsk extends TrackAsk {
  format: ExportFormat;
  /** Without what the meaning of a track leaves out; never of a case. */
  clean: boolean;
}

/** How far a download is. */
export interface ExportProgress {
  bytes: number;
  /** 0 to 1; null as long as nobody knows how long the file becomes. */
  share: number | null;
  /** broken: waits to go on. resumed: went on where it broke. anew: the file is another one now, and comes from its start. */
  state: "coming" | "broken" | "resumed" | "anew";
}

export interface ExportFile {
  name: string;
  blob: Blob;
  /** Fixes that cleaning left out, and stored parts that are damaged and not in it; null where the server had not counted yet when it answered. */
  leftOut: number | null;
  damaged: number | null;
}

/** A file is put together in this page before it is saved, so it has a bound: 1 GB. */
export const MOST_BYTES = 1_000_000_000;

/** What has come is handed to the browser in pieces of this size, which it may keep on disk. */
const PIECE_BYTES = 8 * 1_048_576;

/** Breaks after which it is given up: an export that breaks the server's connection each time never ends. */
const MOST_BREAKS = 8;

interface Surroundings {
  fetch: typeof fetch;
  /** Resolves after so long, rejects when the signal aborts. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  random: () => number;
  mostBytes: number;
}

const outside: Surroundings = {
  fetch: (...args) => fetch(...args),
  wait: (ms, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, ms);
      signal.addEventListener(
        "abort",
        () => {
          clearTimeout(timer);
          reject(signal.reason);
        },
        { once: true },
      );
    }),
  random: Math.random,
  mostBytes: MOST_BYTES,
};

/** An export as it comes; one that breaks goes on from where it broke, as long as the server has the same file. */
export async function downloadExport(
  ask: ExportAsk,
  why: Why,
  told: (progress: ExportProgress) => void,
  signal: AbortSignal,
  { fetch, wait, random, mostBytes }: Surroundings = outside,
): Promise<ExportFile> {
  const path = `/api/tracks/export?${trackQuery(ask, { format: ask.format, ...(ask.clean ? { clean: "true" } : {}) })}`;
  const got = new Gathered();
  let [tag, total, exact] = [null as string | null, null as number | null, false];
  let state: ExportProgress["state"] = "coming";
  let headers = new Headers();
  const tell = () => told({ bytes: got.bytes, share: shareOf(got.bytes, total, exact), state });

  for (let breaks = 0; ; ) {
    let response: Response | null = null;
    let broke: number | null = null;
    try {
      const range = got.bytes > 0 && tag ? { Range: `bytes=${got.bytes}-`, "If-Range": tag } : null;
      response = await fetch(path, {
        credentials: "same-origin",
        headers: { ...reasonHeaders(why), ...range },
        signal,
      });
      if (range && response.status === 416 && total !== null && got.bytes === total) return finished(headers, ask, got);
      if (!response.ok) {
        const problem = await problemIn(response);
        // Busy is said of the first request too, but only a download that had begun is worth waiting for.
        if (!range || (problem.status !== 503 && problem.status !== 429) || ++breaks > MOST_BREAKS) throw problem;
        broke = (problem.retryAfterSeconds ?? 5) * 1000;
      } else {
        const whole = /\/(\d+)$/.exec(response.headers.get("Content-Range") ?? "")?.[1];
        if (range && response.status === 206) state = "resumed";
        else if (got.bytes > 0) {
          got.clear();
          state = "anew";
        }
        headers = response.headers;
        tag = headers.get("ETag");
        const length = whole ?? headers.get("Content-Length");
        exact = length !== null;
        total = Number(length ?? headers.get("X-Export-Bytes")) || null;
        tell();
        if (exact && total !== null && total > mostBytes) throw tooLarge(mostBytes);
        await read(response, (part) => {
          got.add(part);
          if (got.bytes > mostBytes) throw tooLarge(mostBytes);
          tell();
        });
        return finished(headers, ask, got);
      }
    } catch (error) {
      // Half a file is none: the server, or what lies between, broke off.
      if (signal.aborted || error instanceof ApiProblem || ++breaks > MOST_BREAKS || got.bytes === 0) {
        await response?.body?.cancel().catch(() => undefined);
        if (signal.aborted) throw signal.reason;
        throw error instanceof ApiProblem ? error : new ApiProblem(0, null, null, null);
      }
      broke = backoffMs(breaks - 1, random());
    }
    state = "broken";
    tell();
    await wait(broke, signal);
  }
}

const tooLarge = (most: number) =>
  new ApiProblem(0, "export-too-large", `over ${Math.floor(most / 1_000_000)} MB`, null);

/** About how long it becomes is no promise: it is never said to be all there before it is. */
function shareOf(bytes: number, total: number | null, exact: boolean): number | null {
  if (total === null || total === 0) return null;
  return Math.min(exact ? 1 : 0.99, bytes / total);
}

async function read(response: Response, part: (bytes: Uint8Array<ArrayBuffer>) => void): Promise<void> {
  const reader = response.body?.getReader();
  for (;;) {
    const next = await reader?.read();
    if (!next || next.done) return;
    part(next.value as Uint8Array<ArrayBuffer>);
  }
}

function finished(headers: Headers, ask: ExportAsk, got: Gathered): ExportFile {
  const count = (name: string) => (headers.has(name) ? Number(headers.get(name)) : null);
  return {
    name: fileName(headers.get("Content-Disposition")) ?? `tracks.${ask.format}`,
    blob: got.blob(headers.get("Content-Type") ?? "application/octet-stream"),
    leftOut: count("X-Export-Left-Out"),
    damaged: count("X-Export-Damaged"),
  };
}

async function problemIn(response: Response): Promise<ApiProblem> {
  const text = await response.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // A proxy's page: the status says what there is to say.
  }
  return problemOf({
    status: response.status,
    json,
    text,
    retryAfterSeconds: retryAfter(response.headers.get("Retry-After")),
  });
}

/** What has come, the newest part in memory and the rest as pieces of the browser's. */
class Gathered {
  bytes = 0;
  private pieces: Blob[] = [];
  private parts: Uint8Array<ArrayBuffer>[] = [];
  private loose = 0;

  add(part: Uint8Array<ArrayBuffer>): void {
    this.parts.push(part);
    this.bytes += part.length;
    this.loose += part.length;
    if (this.loose >= PIECE_BYTES) this.pack();
  }

  clear(): void {
    this.pieces = [];
    this.parts = [];
    this.bytes = this.loose = 0;
  }

  blob(type: string): Blob {
    this.pack();
    return new Blob(this.pieces, { type });
  }

  private pack(): void {
    if (this.loose > 0) this.pieces.push(new Blob(this.parts));
    this.parts = [];
    this.loose = 0;
  }
}

/** The file name of a Content-Disposition header, the one in UTF-8 first. */
export function fileName(header: string | null): string | null {
  const utf8 = /filename\*=UTF-8''([^;]+)/i.exec(header ?? "")?.[1];
  try {
    if (utf8) return decodeURIComponent(utf8);
  } catch {
    // Badly encoded: the plain name serves.
  }
  return /filename="?([^";]+)"?/i.exec(header ?? "")?.[1] ?? null;
}
