import { computed, onMounted, onUnmounted, ref, shallowRef, watch } from "vue";
import type { AssessmentView } from "../panels/assessment/assessmentView";
import { ApiProblem } from "../wire/api";
import { assessmentPeriods, assessmentScores } from "../wire/assessmentApi";
import type { AssessmentScores, AssessmentSnapshot, ScoreItem } from "../wire/contracts.gen";

export const ROWS_A_PAGE = 100;

/** Which scores are looked at, and what the server says of them, page by page. */
export function useAssessment(asked: AssessmentView, rootCode: string, signedOut: () => void) {
  const area = ref(asked.area ?? rootCode);
  const period = ref(asked.period);
  const starts = ref(asked.starts);
  const version = ref(asked.version);
  const subject = ref(asked.subject);
  const sort = ref(asked.sort);

  /** Every version of every period of the kind; null: not read yet. */
  const periods = shallowRef<AssessmentSnapshot[] | null>(null);
  const periodsProblem = shallowRef<unknown>(null);
  /** What the first page said; its items are in {@link items}. */
  const answer = shallowRef<AssessmentScores | null>(null);
  const items = shallowRef<ScoreItem[]>([]);
  const next = ref<string | null>(null);
  const problem = shallowRef<unknown>(null);
  /** The period was not reckoned, or no period was. */
  const isNone = ref(false);
  const reading = ref(false);
  let periodsRun = 0;
  let run = 0;

  function failed(error: unknown): unknown {
    if (error instanceof ApiProblem && error.status === 401) signedOut();
    return error;
  }

  const ask = computed(() => ({
    area: area.value,
    period: period.value,
    starts: starts.value,
    version: version.value,
    subject: subject.value,
  }));

  async function readPeriods(): Promise<void> {
    const mine = ++periodsRun;
    try {
      const found = await assessmentPeriods(period.value);
      if (mine !== periodsRun) return;
      periods.value = found.items;
      periodsProblem.value = null;
    } catch (error) {
      if (mine === periodsRun) periodsProblem.value = failed(error);
    }
  }

  /** @param cursor of the page that follows; null: from the beginning */
  async function readPage(cursor: string | null): Promise<void> {
    const mine = ++run;
    reading.value = true;
    try {
      const page = await assessmentScores({ ...ask.value, sort: sort.value }, { limit: ROWS_A_PAGE, cursor });
      if (mine !== run) return;
      if (cursor === null) answer.value = page;
      items.value = cursor === null ? page.items : [...items.value, ...page.items];
      next.value = page.next;
      problem.value = null;
      isNone.value = false;
    } catch (error) {
      if (mine !== run) return;
      isNone.value = error instanceof ApiProblem && error.reason === "no-period";
      problem.value = isNone.value ? null : failed(error);
      if (isNone.value) forget();
    } finally {
      if (mine === run) reading.value = false;
    }
  }

  /** What is shown is of another question. */
  function forget(): void {
    answer.value = null;
    items.value = [];
    next.value = null;
  }

  watch(
    period,
    () => {
      periods.value = null;
      void readPeriods();
    },
    { flush: "sync" },
  );
  watch([ask, sort], () => void readPage(null));
  watch(ask, (now, before) => {
    if (now.area !== before.area || now.subject !== before.subject || now.period !== before.period) forget();
  });
  onMounted(() => void read());
  onUnmounted(() => {
    run++;
    periodsRun++;
  });

  const read = () => Promise.all([readPeriods(), readPage(null)]);
  return {
    area,
    period,
    starts,
    version,
    subject,
    sort,
    ask,
    periods,
    periodsProblem,
    answer,
    items,
    next,
    problem,
    isNone,
    reading,
    read,
    more: () => (next.value ? readPage(next.value) : Promise.resolve()),
    /** Another kind of period begins with its newest. */
    choosePeriod(kind: AssessmentView["period"]): void {
      period.value = kind;
      starts.value = null;
      version.value = null;
    },
    chooseStarts(day: string | null): void {
      starts.value = day;
      version.value = null;
    },
  };
}

export type Assessment = ReturnType<typeof useAssessment>;
