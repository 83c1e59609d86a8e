/** A schedule in words: the key of a message and what goes into it. */
export interface CronWords {
  key: "seconds" | "minutes" | "hourly" | "daily" | "weekly" | "monthly" | "quarterly" | "other";
  values: Record<string, string | number>;
}

const WEEKDAYS = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"];
const QUARTERS = "1,4,7,10";

/**
 * Reads the cron expressions that the server's schedules are made of, seconds first.
 * @returns `time` as HH:mm, `weekday` counting from 0, Monday; an expression that is none of these stands for itself
 */
export function cronWords(cron: string): CronWords {
  const other: CronWords = { key: "other", values: { cron } };
  const [second, minute, hour, day, month, weekday, ...rest] = cron.trim().split(/\s+/);
  if (weekday === undefined || rest.length > 0) return other;
  const everyHour = hour === "*" && day === "*" && month === "*" && weekday === "?";
  const step = (field: string): number | null => (/^0\/\d+$/.test(field) ? Number(field.slice(2)) : null);

  if (everyHour && minute === "*" && step(second)) return { key: "seconds", values: { n: step(second) as number } };
  if (second !== "0") return other;
  if (everyHour && step(minute)) return { key: "minutes", values: { n: step(minute) as number } };
  if (everyHour && minute === "0") return { key: "hourly", values: {} };
  if (!isUpTo(minute, 59) || !isUpTo(hour, 23)) return other;

  const time = `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
  if (day === "*" && month === "*" && weekday === "?") return { key: "daily", values: { time } };
  if (day === "?" && month === "*" && WEEKDAYS.includes(weekday))
    return { key: "weekly", values: { time, weekday: WEEKDAYS.indexOf(weekday) } };
  if (isUpTo(day, 31) && weekday === "?") {
    if (month === "*") return { key: "monthly", values: { time, day: Number(day) } };
    if (month === QUARTERS) return { key: "quarterly", values: { time, day: Number(day) } };
  }
  return other;
}

const isUpTo = (field: string, most: number): boolean => /^\d{1,2}$/.test(field) && Number(field) <= most;
