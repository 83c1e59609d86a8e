import type { AssessmentSnapshot } from "../../wire/contracts.gen";
import { dayAfter, daysFrom } from "../calendarDays";

/** The number that a period has in its year: of the week as ISO 8601 counts them, the month or the quarter. */
export function numberOf(period: "week" | "month" | "quarter" | "year", starts: string): { year: number; n: number } {
  const [year, month] = starts.split("-").map(Number);
  if (period === "year") return { year, n: year };
  if (period === "month") return { year, n: month };
  if (period === "quarter") return { year, n: (month - 1) / 3 + 1 };
  // A week belongs to the year that has its Thursday.
  const thursday = dayAfter(starts, 3);
  const ofYear = Number(thursday.slice(0, 4));
  return { year: ofYear, n: Math.floor(daysFrom(`${ofYear}-01-01`, thursday) / 7) + 1 };
}

/** The last day of a period, whose `ends` is the day after it. */
export const lastDay = (ends: string): string => dayAfter(ends, -1);

/** Days that a period has. */
export const lengthOf = ({ starts, ends }: Pick<AssessmentSnapshot, "starts" | "ends">): number =>
  daysFrom(starts, ends);

/** Periods with their versions, newest first; as the server sends them, newest first. */
export function byPeriod(
  snapshots: readonly AssessmentSnapshot[],
): { starts: string; versions: AssessmentSnapshot[] }[] {
  const periods = new Map<string, AssessmentSnapshot[]>();
  for (const one of snapshots) {
    const versions = periods.get(one.starts);
    if (versions) versions.push(one);
    else periods.set(one.starts, [one]);
  }
  return [...periods].map(([starts, versions]) => ({ starts, versions }));
}

/** Weeks of seven days from Monday, with nothing in days that are not the period's. */
export function weeksOf<T extends { day: string }>(
  days: readonly T[],
  from: string,
  to: string,
): (T | string | null)[][] {
  const by = new Map(days.map((one) => [one.day, one]));
  const monday = dayAfter(from, -((new Date(`${from}T00:00:00Z`).getUTCDay() + 6) % 7));
  const weeks: (T | string | null)[][] = [];
  for (let week = monday; week < to; week = dayAfter(week, 7)) {
    weeks.push(
      Array.from({ length: 7 }, (_, n) => {
        const day = dayAfter(week, n);
        return day < from || day >= to ? null : (by.get(day) ?? day);
      }),
    );
  }
  return weeks;
}
