import { dayAfter, daysFrom } from "../../state/calendarDays";

/** A length of time in its two largest units: a run's duration, and what is left of it. */
export interface Length {
  key: "underSecond" | "seconds" | "minutes" | "hours" | "days";
  values: { n: number; rest: number };
}

export function lengthOf(seconds: number): Length {
  if (seconds < 1) return { key: "underSecond", values: { n: 0, rest: 0 } };
  const s = Math.round(seconds);
  if (s < 60) return { key: "seconds", values: { n: s, rest: 0 } };
  if (s < 3600) return { key: "minutes", values: { n: Math.floor(s / 60), rest: s % 60 } };
  if (s < 86_400) return { key: "hours", values: { n: Math.floor(s / 3600), rest: Math.floor((s % 3600) / 60) } };
  return { key: "days", values: { n: Math.floor(s / 86_400), rest: Math.floor((s % 86_400) / 3600) } };
}

/** A run's window as people say it, with its last day in it: `from` alone when it is one day. */
export const lastDay = (run: { from: string; to: string }): { from: string; last: string; days: number } => ({
  from: run.from,
  last: dayAfter(run.to, -1),
  days: daysFrom(run.from, run.to),
});
