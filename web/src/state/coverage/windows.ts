import { dayAfter, daysFrom } from "../calendarDays";
import { wallOf } from "../zone";

/** Days that a look may span, and how many of such windows the slider goes back. */
export const LENGTHS = [1, 7, 28] as const;
export type Length = (typeof LENGTHS)[number];
const STOPS: Record<Length, number> = { 1: 60, 7: 26, 28: 13 };

/** Days of the center's calendar, `to` exclusive. */
export interface Window {
  from: string;
  to: string;
}

export const stopsOf = (length: Length): number => STOPS[length];

/** The center's day at a moment. */
export const centerDay = (ms: number): string => new Date(wallOf(ms)).toISOString().slice(0, 10);

/** @param to the day after its last; null: it ends with today */
export function windowOf(length: Length, to: string | null, today: string): Window {
  const end = to ?? dayAfter(today, 1);
  return { from: dayAfter(end, -length), to: end };
}

/** How many windows it lies back, 0 the one that ends with today; one that stands between two stops is told as the nearer. */
export function stepsBack(length: Length, to: string | null, today: string): number {
  if (to === null) return 0;
  const back = Math.round(daysFrom(to, dayAfter(today, 1)) / length);
  return Math.min(Math.max(back, 0), STOPS[length] - 1);
}

/** The inverse of {@link stepsBack}: null for the window that ends with today and moves on with it. */
export const endAt = (length: Length, back: number, today: string): string | null =>
  back <= 0 ? null : dayAfter(today, 1 - back * length);

/** Whether what is shown still grows. */
export const hasToday = ({ from, to }: Window, today: string): boolean => from <= today && today < to;

/** An end that the address asks for: not after today, and not so far back that nobody can go there. */
export const isEnd = (to: string, today: string): boolean => to <= today && daysFrom(to, today) <= 3_650;
