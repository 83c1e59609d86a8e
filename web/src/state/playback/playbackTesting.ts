import type { WallName } from "../../wire/contracts.gen";
import { decodeSegments } from "../../wire/trackBytes";
import type { TrackPart } from "../../wire/tracksFeed";
import { encodeTrack, framed, type TestFix } from "../../wire/trackTesting";
import { Book } from "./book";
import { DEFAULT_SETTINGS } from "./types";

/** Builders for tests; nothing of the page imports this. */
export const NOON = 1_790_000_000_000;
export const MINUTE = 60_000;

export const nameOf = (slot: number): WallName => ({
  slot,
  worker: `W${slot}`,
  name: `Worker ${slot}`,
  role: "gridWorker",
  area: "140109",
});

/** A chunk of the answer. @param last ends the set */
export function part(tracks: [slot: number, fixes: TestFix[]][], sentUntil: number, last = false): TrackPart {
  const fixes = tracks.reduce((sum, [, all]) => sum + all.length, 0);
  return {
    names: tracks.map(([slot]) => nameOf(slot)),
    segments: decodeSegments(framed(...tracks.map(([slot, all]) => encodeTrack(slot, all)))),
    sentUntil,
    end: last ? { complete: sentUntil, workers: tracks.length, fixes, outside: 0, unreadable: 0 } : null,
  };
}

export function take(book: Book, set: number, chunk: TrackPart): void {
  for (const _ of book.take(set, chunk)) {
    // Each step is a segment.
  }
}

/** A book of one set from noon on. */
export function bookOf(tracks: [slot: number, fixes: TestFix[]][], minutes = 60): Book {
  const interval = { from: NOON, to: NOON + minutes * MINUTE };
  const book = new Book(interval, [{ offsetMs: 0, from: NOON }], DEFAULT_SETTINGS);
  take(book, 0, part(tracks, interval.to, true));
  return book;
}
