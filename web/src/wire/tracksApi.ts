import type { TrackSummary } from "./contracts.gen";
import { ApiProblem, problemOf, rawCall, retryAfter } from "./rawCall";

/** Why somebody looks, as every read of tracks must say. */
export interface Why {
  text: string;
  caseNumber: string | null;
}

export interface TrackAsk {
  workers: readonly string[];
  from: number;
  to: number;
}

export const EXPORT_FORMATS = ["gpx", "kml", "csv", "geojson", "mf-json", "case"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const SUMMARY_WITHIN_MS = 60_000;

/** Headers carry Latin-1 alone: the words go percent-encoded, and stay out of addresses and logs. */
export const reasonHeaders = (why: Why): Record<string, string> => ({
  "X-Audit-Reason": encodeURIComponent(why.text),
  ...(why.caseNumber ? { "X-Audit-Case": encodeURIComponent(why.caseNumber) } : {}),
});

function query({ workers, from, to }: TrackAsk, more: Record<string, string> = {}): string {
  const parts = new URLSearchParams({
    workers: workers.join(","),
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    ...more,
  });
  return parts.toString();
}

/** Trips, stops, gaps and visits of some workers. */
export async function trackSummaries(ask: TrackAsk, why: Why): Promise<TrackSummary[]> {
  const answer = await rawCall("GET", `/api/tracks/summary?${query(ask)}`, {
    headers: reasonHeaders(why),
    timeoutMs: SUMMARY_WITHIN_MS,
  });
  if (answer.status !== 200) throw problemOf(answer);
  const json = answer.json as TrackSummary[] | { items: TrackSummary[] };
  return Array.isArray(json) ? json : json.items;
}

/** A file as it comes, told of every part; the name is the server's. */
export async function exportTracks(
  ask: TrackAsk,
  format: ExportFormat,
  why: Why,
  got: (bytes: number) => void,
  signal: AbortSignal,
): Promise<{ name: string; blob: Blob }> {
  let response: Response;
  try {
    response = await fetch(`/api/tracks/export?${query(ask, { format })}`, {
      credentials: "same-origin",
      headers: reasonHeaders(why),
      signal,
    });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new ApiProblem(0, null, null, null);
  }
  if (!response.ok) {
    const text = await response.text();
    throw problemOf({
      status: response.status,
      json: parse(text),
      text,
      retryAfterSeconds: retryAfter(response.headers.get("Retry-After")),
    });
  }
  const parts: BlobPart[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  try {
    for (;;) {
      const part = await reader?.read();
      if (!part || part.done) break;
      parts.push(part.value as BlobPart);
      bytes += part.value.length;
      got(bytes);
    }
  } catch (error) {
    if (signal.aborted) throw error;
    throw new ApiProblem(0, null, null, null); // Half a file is none: the server broke off.
  }
  const type = response.headers.get("Content-Type") ?? "application/octet-stream";
  return {
    name: fileName(response.headers.get("Content-Disposition")) ?? `tracks.${format}`,
    blob: new Blob(parts, { type }),
  };
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

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
