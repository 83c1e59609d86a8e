import { ref, shallowRef, watch } from "vue";
import { keepReason, keptReason, type Reason } from "../panels/playback/reason";
import { ApiProblem } from "../wire/api";
import { assessmentScore, scoreEvidence, scorePast } from "../wire/assessmentApi";
import type { PastScores, ScoreDetail, ScoreEvidence } from "../wire/contracts.gen";

/** The score that is open, and the evidence of one of its numbers; of a person with a reason. */
export function useScore(
  first: { score: number | null; evidence: string | null },
  user: string,
  signedOut: () => void,
) {
  const id = ref(first.score);
  const score = shallowRef<ScoreDetail | null>(null);
  const problem = shallowRef<unknown>(null);
  /** What it was in earlier periods; null: not read. */
  const past = shallowRef<PastScores | null>(null);
  /** The indicator whose evidence is shown. */
  const indicator = ref(first.evidence);
  const evidence = shallowRef<ScoreEvidence | null>(null);
  const evidenceProblem = shallowRef<unknown>(null);
  const evidenceReading = ref(false);
  const askingReason = ref(false);
  const reason = shallowRef<Reason | null>(keptReason(user));
  let run = 0;
  let evidenceRun = 0;

  function failed(error: unknown): unknown {
    if (error instanceof ApiProblem && error.status === 401) signedOut();
    return error;
  }

  async function read(): Promise<void> {
    const mine = ++run;
    const { value: which } = id;
    if (which === null) return;
    try {
      const found = await assessmentScore(which);
      if (mine !== run) return;
      score.value = found;
      problem.value = null;
    } catch (error) {
      if (mine === run) problem.value = failed(error);
      return;
    }
    // Every look at it stands on the trail: what is shown already is not asked for again.
    if (evidence.value === null) void readEvidence();
    await readPast(which, mine);
  }

  async function readPast(which: number, mine: number): Promise<void> {
    try {
      const found = await scorePast(which);
      if (mine === run) past.value = found;
    } catch (error) {
      if (mine === run) failed(error); // Without its past a score is whole all the same.
    }
  }

  async function readEvidence(): Promise<void> {
    const { value: which } = score;
    const { value: what } = indicator;
    const mine = ++evidenceRun;
    evidence.value = null;
    evidenceProblem.value = null;
    evidenceReading.value = false;
    if (!which || what === null || which.erased) return;
    const isPerson = which.subjectKind === "worker";
    if (isPerson && !reason.value) {
      askingReason.value = true;
      return;
    }
    evidenceReading.value = true;
    try {
      const found = await scoreEvidence(which.id, what, isPerson ? reason.value : null);
      if (mine === evidenceRun) evidence.value = found;
    } catch (error) {
      if (mine !== evidenceRun) return;
      if (error instanceof ApiProblem && error.status === 428) askingReason.value = true;
      evidenceProblem.value = failed(error);
    } finally {
      if (mine === evidenceRun) evidenceReading.value = false;
    }
  }

  watch(id, () => {
    run++;
    score.value = null;
    past.value = null;
    problem.value = null;
    evidence.value = null;
    evidenceProblem.value = null;
    void read();
  });
  watch(indicator, () => void readEvidence());
  void read();

  return {
    id,
    score,
    past,
    problem,
    indicator,
    evidence,
    evidenceProblem,
    evidenceReading,
    askingReason,
    reason,
    read,
    readEvidence,
    open(which: number | null, what: string | null = null): void {
      indicator.value = what;
      id.value = which;
    },
    give(given: Reason): void {
      reason.value = given;
      keepReason(user, given);
      void readEvidence();
    },
    /** Nobody gave one: there is nothing to be shown. */
    keepClosed(): void {
      askingReason.value = false;
      if (!reason.value) indicator.value = null;
    },
  };
}

export type OpenScore = ReturnType<typeof useScore>;
