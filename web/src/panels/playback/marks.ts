import type { Sos } from "../../state/playback/sos";
import type { TrackNote } from "../../wire/contracts.gen";
import { type Span, xOf } from "./timelineScale";

/** A moment worth a look: a call for help or a note, clock ms. */
export interface Mark {
  id: string;
  kind: "sos" | "note";
  /** Of the lane, see trackKey. */
  key: string;
  /** Whom it is about. */
  worker: string;
  name: string;
  ms: number;
  /** In words. */
  text: string;
  /** Of a note: who wrote it and when; of a call: how many fixes. */
  by: string;
  row: number | null;
  /** The viewer may delete it. */
  isRemovable: boolean;
}

interface Who {
  row: number;
  set: number;
  code: string;
  name: string;
}

export interface MarkWords {
  sos: (name: string) => string;
  sosBy: (sos: Sos) => string;
  noteBy: (note: TrackNote) => string;
}

/** Calls and notes together in order of time. @param offsets of each day to the clock */
export function marksOf(
  calls: readonly Sos[],
  notes: readonly TrackNote[],
  nameOf: (row: number) => Who | null,
  rowOf: (set: number, code: string) => number | null,
  days: readonly { set: number; offsetMs: number; span: Span }[],
  keyOf: (set: number, code: string) => string,
  words: MarkWords,
  nameOfCode: (code: string) => string,
): Mark[] {
  const marks: Mark[] = [];
  for (const sos of calls) {
    const who = nameOf(sos.row);
    if (!who) continue;
    marks.push({
      id: `sos-${sos.row}-${sos.ms}`,
      kind: "sos",
      key: keyOf(who.set, who.code),
      worker: who.code,
      name: who.name,
      ms: sos.ms,
      text: words.sos(who.name),
      by: words.sosBy(sos),
      row: sos.row,
      isRemovable: false,
    });
  }
  for (const note of notes) {
    const at = Date.parse(note.at);
    for (const { set, offsetMs, span } of days) {
      if (!(at >= span.from && at < span.to)) continue;
      marks.push({
        id: `${note.id}-${set}`,
        kind: "note",
        key: keyOf(set, note.worker),
        worker: note.worker,
        name: nameOfCode(note.worker),
        ms: at + offsetMs,
        text: note.text,
        by: words.noteBy(note),
        row: rowOf(set, note.worker),
        isRemovable: note.removable,
      });
    }
  }
  return marks.sort((a, b) => a.ms - b.ms || (a.id < b.id ? -1 : 1));
}

/** CSS pixels within which a click means a mark. */
export const MARK_REACH = 6;

/** The mark a pointer means: in its lane, or any above the lanes; the nearest within reach, calls for help before notes. */
export function markAt(
  marks: readonly Mark[],
  x: number,
  lane: string | null,
  shown: Span,
  width: number,
  reach = MARK_REACH,
): Mark | null {
  let best: Mark | null = null;
  let nearest = reach;
  for (const mark of marks) {
    if (lane !== null && mark.key !== lane) continue;
    const far = Math.abs(xOf(mark.ms, shown, width) - x);
    if (far < nearest || (far === nearest && best?.kind === "note" && mark.kind === "sos")) {
      best = mark;
      nearest = far;
    }
  }
  return best;
}
