import { ref, shallowRef, watch } from "vue";
import { ApiProblem } from "../wire/api";
import { assessmentScores, type ScoreSort, type ScoresAsk } from "../wire/assessmentApi";
import type { AssessmentScores, ScoreItem } from "../wire/contracts.gen";

const ROWS_A_PAGE = 1000;
/** More than a bulletin can carry on paper; the export has all. */
export const MOST_ON_PAPER = 5000;

/** All scores of a list, for paper: page after page, as far as paper goes. */
export function useScorePaper(ask: () => ScoresAsk & { sort: ScoreSort }, signedOut: () => void) {
  const answer = shallowRef<AssessmentScores | null>(null);
  const items = shallowRef<ScoreItem[]>([]);
  const problem = shallowRef<unknown>(null);
  const isWhole = ref(false);
  const isCut = ref(false);
  let run = 0;

  async function read(): Promise<void> {
    const mine = ++run;
    [isWhole.value, isCut.value, problem.value] = [false, false, null];
    try {
      let cursor: string | null = null;
      const found: ScoreItem[] = [];
      do {
        const page: AssessmentScores = await assessmentScores(ask(), { limit: ROWS_A_PAGE, cursor });
        if (mine !== run) return;
        if (cursor === null) answer.value = page;
        found.push(...page.items);
        items.value = [...found];
        cursor = page.next;
      } while (cursor !== null && found.length < MOST_ON_PAPER);
      isCut.value = cursor !== null;
      isWhole.value = true;
    } catch (error) {
      if (mine !== run) return;
      if (error instanceof ApiProblem && error.status === 401) signedOut();
      problem.value = error;
    }
  }

  watch(ask, () => void read(), { immediate: true });
  return { answer, items, problem, isWhole, isCut, read };
}
