import { computed, onMounted, onUnmounted, ref, shallowRef, watch } from "vue";
import type { CoverageView } from "../panels/coverage/coverageView";
import type { Size } from "../state/coverage/sizes";
import { centerDay, hasToday, windowOf } from "../state/coverage/windows";
import { ApiProblem } from "../wire/api";
import type { CoverageRates } from "../wire/contracts.gen";
import { coveragePicture, coverageRates } from "../wire/coverageApi";
import type { CoveragePicture } from "../wire/coverageBytes";
import { settled } from "./settled";

/** Today grows by the job's runs, which are minutes apart. */
const AGAIN_MS = 60_000;

/** What the coverage page looks at, and what the server says of it: the picture for the map, and the rates beside it. */
export function useCoverage(asked: CoverageView, rootCode: string, signedOut: () => void) {
  const area = ref(asked.area ?? rootCode);
  const measure = ref(asked.measure);
  const days = ref(asked.days);
  const to = ref(asked.to);
  const size = ref<Size | null>(null);
  const today = ref(centerDay(Date.now()));
  const window = computed(() => windowOf(days.value, to.value, today.value));
  const isLive = computed(() => hasToday(window.value, today.value));

  const picture = shallowRef<CoveragePicture | null>(null);
  const reckonedAt = ref<string | null>(null);
  const pictureProblem = shallowRef<unknown>(null);
  const painting = ref(false);
  /** What the picture is of, whatever the size of its squares; null without one. */
  const shown = ref<string | null>(null);
  const asked_ = computed(() => [area.value, window.value.from, window.value.to, measure.value].join());
  const rates = shallowRef<CoverageRates | null>(null);
  const ratesProblem = shallowRef<unknown>(null);
  /** Rates by area of the window that is shown, as far as they were read: the tree tells them. */
  const known = shallowRef<ReadonlyMap<string, number | null>>(new Map());
  let ended = false;
  let asking: AbortController | null = null;
  let ratesRun = 0;

  function failed(error: unknown): unknown {
    if (error instanceof ApiProblem && error.status === 401) signedOut();
    return error;
  }

  function forget(): void {
    picture.value = null;
    reckonedAt.value = null;
    shown.value = null;
  }

  async function readPicture(): Promise<void> {
    if (size.value === null || ended) return;
    asking?.abort();
    const mine = new AbortController();
    const { value: what } = asked_;
    asking = mine;
    painting.value = true;
    try {
      const ask = { area: area.value, ...window.value, measure: measure.value, size: size.value };
      const answer = await coveragePicture(ask, mine.signal);
      if (asking !== mine) return;
      shown.value = what;
      picture.value = answer.picture;
      reckonedAt.value = answer.reckonedAt;
      pictureProblem.value = null;
    } catch (error) {
      if (asking !== mine || mine.signal.aborted) return;
      pictureProblem.value = failed(error);
      // Another day's or another area's squares under these words would be believed.
      if (shown.value !== what) forget();
    } finally {
      if (asking === mine) painting.value = false;
    }
  }

  async function readRates(): Promise<void> {
    const mine = ++ratesRun;
    try {
      const answer = await coverageRates({ area: area.value, ...window.value });
      if (mine !== ratesRun || ended) return;
      rates.value = answer;
      ratesProblem.value = null;
      known.value = new Map([...known.value, ...answer.items.map((one) => [one.area, one.rate] as const)]);
    } catch (error) {
      if (mine !== ratesRun || ended) return;
      ratesProblem.value = failed(error);
    }
  }

  const read = () => Promise.all([readPicture(), readRates()]);

  const pictureSoon = settled(() => void readPicture());
  const ratesSoon = settled(() => void readRates());
  watch([area, window, measure, size], pictureSoon.call);
  watch(window, () => {
    known.value = new Map();
  });
  watch([area, window], ratesSoon.call);

  function again(): void {
    today.value = centerDay(Date.now());
    if (document.visibilityState === "visible" && (isLive.value || pictureProblem.value || ratesProblem.value))
      void read();
  }
  const timer = setInterval(again, AGAIN_MS);
  onMounted(() => {
    document.addEventListener("visibilitychange", again);
    void readRates();
  });
  onUnmounted(() => {
    ended = true;
    pictureSoon.end();
    ratesSoon.end();
    asking?.abort();
    clearInterval(timer);
    document.removeEventListener("visibilitychange", again);
  });

  return {
    area,
    measure,
    days,
    to,
    size,
    today,
    window,
    isLive,
    picture,
    reckonedAt,
    pictureProblem,
    painting,
    /** The picture, if there is one, is not of what is asked for. */
    isOther: computed(() => shown.value !== asked_.value),
    rates,
    ratesProblem,
    known,
    read,
  };
}

export type Coverage = ReturnType<typeof useCoverage>;
