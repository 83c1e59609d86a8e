import { call } from "./api";
import type { NewTrackNote, Page, TrackNote } from "./contracts.gen";
import { problemOf, rawCall } from "./rawCall";
import { reasonHeaders, type Why } from "./tracksApi";

/** As the server has it. */
export const MOST_NOTE = 500;
/** A replay shows no more: the server gives 500 on a page. */
const MOST_PAGES = 4;

/** Notes of some workers; reading them needs a reason, as tracks do. */
export async function trackNotes(
  ask: { workers: readonly string[]; from: number; to: number },
  why: Why,
): Promise<TrackNote[]> {
  const notes: TrackNote[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const query: URLSearchParams = new URLSearchParams({
      workers: ask.workers.join(","),
      from: new Date(ask.from).toISOString(),
      to: new Date(ask.to).toISOString(),
      ...(cursor ? { cursor } : {}),
    });
    const answer = await rawCall("GET", `/api/tracks/notes?${query}`, { headers: reasonHeaders(why) });
    if (answer.status !== 200) throw problemOf(answer);
    const { items, next } = answer.json as Page<TrackNote>;
    notes.push(...items);
    cursor = next;
    if (!cursor) break;
  }
  return notes;
}

/** The id is the writer's: sent again it is the same note. */
export const addTrackNote = (note: NewTrackNote, csrf: string): Promise<TrackNote> =>
  call<TrackNote>("POST", "/api/tracks/notes", { body: note, csrf });

export const removeTrackNote = (id: string, csrf: string): Promise<void> =>
  call<void>("DELETE", `/api/tracks/notes/${encodeURIComponent(id)}`, { csrf });

/** A random UUID (RFC 9562, version 4); crypto.randomUUID is missing where the page comes by plain HTTP. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
