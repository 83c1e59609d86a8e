import { onUnmounted, ref, shallowRef, watch } from "vue";
import { keepReason, keptReason, type Reason } from "../panels/playback/reason";
import { codeOf } from "../state/coverage/plane";
import { ApiProblem } from "../wire/api";
import type { CoverageCellInfo, CoverageCellTracks } from "../wire/contracts.gen";
import { coverageCell, coveragePicture, coverageTracks } from "../wire/coverageApi";
import { Code } from "../wire/coverageBytes";
import type { Coverage } from "./useCoverage";

/** The chosen square: its days, and, once there is a reason, whose tracks earned it. */
export function useCoverageSquare(coverage: Coverage, user: string, first: string | null, signedOut: () => void) {
  const key = ref(first);
  const cell = shallowRef<CoverageCellInfo | null>(null);
  /** Nobody can say whether it is blind: its last visit, if any, lies before all that was reckoned. */
  const isUnknown = ref(false);
  const problem = shallowRef<unknown>(null);
  const tracks = shallowRef<CoverageCellTracks | null>(null);
  const tracksProblem = shallowRef<unknown>(null);
  const tracksReading = ref(false);
  const askingReason = ref(false);
  const reason = shallowRef<Reason | null>(keptReason(user));
  const ended = new AbortController();
  let run = 0;

  async function read(): Promise<void> {
    const mine = ++run;
    const { value: at } = key;
    if (at === null) return;
    try {
      const answer = await coverageCell(at, coverage.window.value);
      const unknown = await isBeyond(answer);
      if (mine !== run) return;
      cell.value = answer;
      isUnknown.value = unknown;
      problem.value = null;
    } catch (error) {
      if (mine !== run) return;
      if (error instanceof ApiProblem && error.status === 401) signedOut();
      problem.value = error;
    }
  }

  /** The picture of its grid tells "no data" from "not visited": that on the map may have another measure, or larger squares. */
  async function isBeyond({ key: at, area, patrollable, ageDays }: CoverageCellInfo): Promise<boolean> {
    if (!patrollable || ageDays !== null) return false;
    const ask = { area, ...coverage.window.value, measure: "blind", size: 25 } as const;
    const { picture } = await coveragePicture(ask, ended.signal);
    return codeOf(picture, at) === Code.noData;
  }

  function forget(): void {
    tracks.value = null;
    tracksProblem.value = null;
  }

  async function readTracks(): Promise<void> {
    const { value: at } = key;
    if (at === null) return;
    if (!reason.value) {
      askingReason.value = true;
      return;
    }
    tracksReading.value = true;
    tracksProblem.value = null;
    const { from } = coverage.window.value;
    try {
      const answer = await coverageTracks(at, coverage.window.value, reason.value);
      if (key.value === at && coverage.window.value.from === from) tracks.value = answer;
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) signedOut();
      if (error instanceof ApiProblem && error.status === 428) askingReason.value = true;
      tracksProblem.value = error;
    } finally {
      tracksReading.value = false;
    }
  }

  watch(
    key,
    () => {
      cell.value = null;
      problem.value = null;
      forget();
      void read();
    },
    { immediate: true },
  );
  watch(coverage.window, () => {
    forget();
    void read();
  });
  onUnmounted(() => {
    run++;
    ended.abort();
  });
  // What is new of today stands here, too.
  watch(coverage.reckonedAt, () => void read());

  return {
    key,
    cell,
    isUnknown,
    problem,
    tracks,
    tracksProblem,
    tracksReading,
    askingReason,
    reason,
    read,
    readTracks,
    forget,
    give(given: Reason): void {
      reason.value = given;
      keepReason(user, given);
      void readTracks();
    },
  };
}

export type CoverageSquare = ReturnType<typeof useCoverageSquare>;
