import { dayAfter } from "../../state/calendarDays";
import type { ExclusionKind } from "../../wire/appealsApi";
import type { AppealExclusion } from "../../wire/contracts.gen";

/** Days as people say them: the last one is in it. */
export interface ExclusionDraft {
  kind: ExclusionKind;
  from: string;
  last: string;
  note: string;
}

export const draftOf = (day: string): ExclusionDraft => ({ kind: "leave", from: day, last: day, note: "" });

/** Both days are there, the last not before the first. */
export const isInOrder = ({ from, last }: ExclusionDraft): boolean => from !== "" && last !== "" && from <= last;

/** As the server has it: `to` is the day after the last. */
export const exclusionOf = ({ kind, from, last, note }: ExclusionDraft): AppealExclusion => ({
  kind,
  from,
  to: dayAfter(last, 1),
  note: note.trim() || null,
});
