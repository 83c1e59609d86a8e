import { onMounted, onUnmounted, ref, shallowRef } from "vue";
import { ApiProblem } from "../../wire/api";
import type { JobInfo, JobsInfo } from "../../wire/contracts.gen";

/** How often to ask while something runs or waits, ms; a run's progress is written down about once a second. */
const BUSY_MS = 1500;
/** While nothing does: a schedule may fall due meanwhile. */
const IDLE_MS = 15_000;

/** What is under way and what ended last: when it changes, histories have changed, too. */
export const standOf = (job: JobInfo): string =>
  [
    job.name,
    job.queued,
    job.running?.id ?? "",
    job.running?.attempts ?? "",
    job.last?.id ?? "",
    job.last?.state,
  ].join();

/** The name of the job that runs or has ended last; null while none has. */
export function latestOf(jobs: readonly JobInfo[]): string | null {
  const at = ({ running, last }: JobInfo): number =>
    running ? Number.POSITIVE_INFINITY : Date.parse(last?.ended ?? "");
  const ran = jobs.filter((job) => !Number.isNaN(at(job)));
  return ran.toSorted((a, b) => (at(a) === at(b) ? 0 : at(b) - at(a)))[0]?.name ?? null;
}

export const isBusy = (jobs: JobsInfo | null): boolean =>
  jobs?.items.some((job) => job.running !== null || job.queued > 0) ?? false;

/** The list of jobs, asked for again as long as the page is looked at: often while something runs, else now and then. */
export function useJobs(load: () => Promise<JobsInfo>, signedOut: () => void) {
  const jobs = shallowRef<JobsInfo | null>(null);
  const problem = ref<unknown>(null);
  const reading = ref(false);
  const readAt = ref<string | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let run = 0;
  let isGone = false;

  async function read(): Promise<void> {
    clearTimeout(timer);
    const mine = ++run;
    reading.value = true;
    try {
      const answer = await load();
      if (mine !== run) return;
      jobs.value = answer;
      problem.value = null;
      readAt.value = new Date().toISOString();
    } catch (error) {
      if (mine !== run) return;
      if (error instanceof ApiProblem && error.status === 401) {
        signedOut();
        return;
      }
      problem.value = error;
    } finally {
      if (mine === run) {
        reading.value = false;
        schedule();
      }
    }
  }

  function schedule(): void {
    clearTimeout(timer);
    if (isGone || document.visibilityState !== "visible") return;
    timer = setTimeout(read, isBusy(jobs.value) && problem.value === null ? BUSY_MS : IDLE_MS);
  }

  function seen(): void {
    if (document.visibilityState === "visible") void read();
    else clearTimeout(timer);
  }

  onMounted(() => {
    document.addEventListener("visibilitychange", seen);
    void read();
  });
  onUnmounted(() => {
    isGone = true;
    run++;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", seen);
  });

  return { jobs, problem, reading, readAt, read };
}
