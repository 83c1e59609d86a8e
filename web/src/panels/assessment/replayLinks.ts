import { dayAfter } from "../../state/calendarDays";
import { instantOfWall } from "../../state/zone";
import { readPlayback, writePlayback } from "../playback/playbackView";

/** Room before and after, so that one sees how somebody came and where they went. */
const AROUND_MS = 10 * 60_000;

const replay = (worker: string, span: { from: number; to: number }, at: number, language: string): string =>
  `/playback${writePlayback({ ...readPlayback(""), workers: [worker], span, at, language })}`;

/** The replay of somebody's day of the center's calendar, such as 2026-10-01. */
export function dayReplay(worker: string, day: string, language: string): string {
  const from = instantOfWall(Date.parse(`${day}T00:00:00Z`));
  return replay(worker, { from, to: instantOfWall(Date.parse(`${dayAfter(day, 1)}T00:00:00Z`)) }, from, language);
}

/** The replay of somebody while they were sent, until they were done or gave no answer. */
export function sentReplay(worker: string, at: string, doneAt: string | null, language: string): string {
  const from = Date.parse(at);
  const to = doneAt ? Date.parse(doneAt) : from;
  return replay(worker, { from: from - AROUND_MS, to: to + AROUND_MS }, from, language);
}
