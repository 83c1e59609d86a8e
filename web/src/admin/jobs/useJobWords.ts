import type { JobRunInfo, JobScheduleInfo } from "../../wire/contracts.gen";
import { useAdmin } from "../useAdmin";
import { cronWords } from "./cronWords";
import { lastDay, lengthOf } from "./jobTimes";

/** Numbers that are worth a word only when there are any. */
const SELDOM = new Set(["damaged", "touchedDays"]);

/** Jobs, their schedules and what their runs did, as this screen's language says it. */
export function useJobWords() {
  const { t, te, word, locale } = useAdmin();
  const number = (n: number, digits = 0): string =>
    new Intl.NumberFormat(locale.value, { maximumFractionDigits: digits }).format(n);
  const length = (seconds: number): string => {
    const { key, values } = lengthOf(seconds);
    return t(`jobs.length.${key}`, { ...values });
  };
  return {
    number,
    length,
    name: (job: string): string => word("jobs.names", job),
    /** What it is for; empty for a job that is newer than this page. */
    does: (job: string): string => (te(`admin.jobs.does.${job}`) ? t(`jobs.does.${job}`) : ""),
    timing(schedule: JobScheduleInfo): string {
      const { key, values } = cronWords(schedule.cron);
      const weekday = key === "weekly" ? { weekday: t(`jobs.weekdays.${values.weekday}`) } : {};
      const when = t(`jobs.cron.${key}`, { ...values, ...weekday });
      return t("jobs.timing", { when, window: word("jobs.windows", schedule.window) });
    },
    days(run: Pick<JobRunInfo, "from" | "to">): string {
      const { from, last, days } = lastDay(run);
      return days <= 1 ? from : t("jobs.days", { from, last, n: days });
    },
    /** Units a second: a slow job's with decimals. */
    rate: (rate: number): string => number(rate, rate < 10 ? 1 : 0),
    /** What a run did, in this page's language where it knows the job's numbers, else in the server's words. */
    result(run: JobRunInfo): string | null {
      const key = `jobs.results.${run.job}`;
      if (!run.counts || !te(`admin.${key}`)) return run.result;
      return t(key, Object.fromEntries(Object.entries(run.counts).map(([name, n]) => [name, number(n)])));
    },
    counts: (run: JobRunInfo): { name: string; n: string }[] =>
      Object.entries(run.counts ?? {})
        .filter(([key, n]) => (te(`admin.jobs.results.${run.job}`) ? SELDOM.has(key) && n > 0 : true))
        .map(([key, n]) => ({ name: word("jobs.counts", key), n: number(n) })),
    /** An error is one line, and under it why. */
    error(run: JobRunInfo): { what: string; why: string } {
      const [what, ...why] = (run.error ?? "").split("\n");
      return { what, why: why.join("\n").trim() };
    },
  };
}
