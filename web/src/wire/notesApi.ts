import { call } from "./api";

/** A note on a worker's track at a moment, as `GET /api/tracks/notes` answers it. */
export interface TrackNote {
  id: string;
  worker: string;
  /** ISO 8601. */
  at: string;
  text: string;
  author: string;
  createdAt: string;
}

/** As the server has it. */
export const MOST_NOTE = 500;

export async function trackNotes(ask: { workers: readonly string[]; from: number; to: number }): Promise<TrackNote[]> {
  const query = new URLSearchParams({
    workers: ask.workers.join(","),
    from: new Date(ask.from).toISOString(),
    to: new Date(ask.to).toISOString(),
  });
  return (await call<{ items: TrackNote[] }>("GET", `/api/tracks/notes?${query}`)).items;
}

/** The id is the writer's: sent again it is the same note. */
export const addTrackNote = (
  note: { id: string; worker: string; at: string; text: string },
  csrf: string,
): Promise<TrackNote> => call<TrackNote>("POST", "/api/tracks/notes", { body: note, csrf });

export const removeTrackNote = (id: string, csrf: string): Promise<void> =>
  call<void>("DELETE", `/api/tracks/notes/${encodeURIComponent(id)}`, { csrf });
