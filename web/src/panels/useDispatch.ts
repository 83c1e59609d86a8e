import { computed, onUnmounted, ref, watch } from "vue";
import { inOrder, isUnderWay } from "../state/dispatch";
import { ApiProblem } from "../wire/api";
import type { AssignmentChange, AssignmentInfo, CandidateList } from "../wire/contracts.gen";
import { findCandidates, listAssignments, sendWorkers, setAssignment } from "../wire/dispatchApi";
import { newId } from "../wire/notesApi";

/** Distances and times of those under way are read again so often. */
const REFRESH_MS = 10_000;
const KNOWN = ["worker-taken", "worker-off-duty", "alarm-closed", "state-passed", "no-place", "out-of-scope"];

/** A key of dispatch.problem. */
export function problemOfDispatch(error: unknown): string {
  if (!(error instanceof ApiProblem)) return "failed";
  if (error.reason && KNOWN.includes(error.reason)) return error.reason;
  return [0, 502, 503, 504].includes(error.status) ? "away" : "failed";
}

/** Who stands how, whatever moves meanwhile. */
const standing = (assignments: readonly AssignmentInfo[]): string =>
  assignments
    .map((one) => `${one.id} ${one.state}`)
    .sort()
    .join();

/**
 * Who was sent to an alarm and who can go. Both are read again when the alarm changes: that is how two dispatchers see each other's work.
 * @param alarm id of the alarm
 * @param version grows with each step of it
 * @param isOpen somebody can be sent
 */
export function useDispatch(
  alarm: () => string,
  version: () => number | undefined,
  isOpen: () => boolean,
  csrf: () => string,
  signedOut: () => void,
) {
  const assignments = ref<readonly AssignmentInfo[] | null>(null);
  const candidates = ref<CandidateList | null>(null);
  const chosen = ref<string[]>([]);
  /** Who goes must have all of these. */
  const skills = ref<string[]>([]);
  const problem = ref<string | null>(null);
  const seeking = ref(false);
  const busy = ref(false);
  let asked = 0;
  /** Of the request that is being sent, so that a retry after no answer sends nobody twice. */
  let request: { id: string; key: string } | null = null;

  function failed(error: unknown): void {
    if (error instanceof ApiProblem && error.status === 401) signedOut();
    else problem.value = problemOfDispatch(error);
  }

  async function refresh(): Promise<void> {
    const mine = ++asked;
    try {
      const answer = await listAssignments(alarm());
      if (mine !== asked) return;
      const before = assignments.value && standing(assignments.value);
      assignments.value = inOrder(answer);
      // Who has just declined, or is free again, is another candidate than before.
      if (before !== null && before !== standing(assignments.value)) await seekAgain();
    } catch (error) {
      if (mine === asked) failed(error);
    }
  }

  async function seek(): Promise<void> {
    if (seeking.value || !isOpen()) return;
    seeking.value = true;
    problem.value = null;
    const id = alarm();
    const wanted = skills.value;
    try {
      const answer = await findCandidates(id, wanted);
      if (id !== alarm() || wanted !== skills.value) return;
      candidates.value = answer;
      chosen.value = chosen.value.filter((code) => answer.items.some((one) => one.worker === code));
    } catch (error) {
      if (id === alarm()) failed(error);
    } finally {
      seeking.value = false;
      if (id === alarm() && wanted !== skills.value) void seek();
    }
  }

  /** Asks for a skill, or no longer. */
  function toggleSkill(skill: string): void {
    skills.value = skills.value.includes(skill)
      ? skills.value.filter((one) => one !== skill)
      : [...skills.value, skill];
    void seek();
  }

  async function act(run: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    problem.value = null;
    try {
      await run();
      return true;
    } catch (error) {
      failed(error);
      return false;
    } finally {
      busy.value = false;
      void refresh();
    }
  }

  async function send(workers: readonly string[]): Promise<void> {
    const key = [...workers].sort().join();
    if (request?.key !== key) request = { id: newId(), key };
    const { id } = request;
    const done = await act(() => sendWorkers({ id, alarm: alarm(), workers: [...workers], note: null }, csrf()));
    // Anything but no answer at all is an answer: the next try is another request.
    if (done || problem.value !== "away") request = null;
    if (done) chosen.value = [];
    await seekAgain();
  }

  /** Without hiding what was said of a failure. */
  async function seekAgain(): Promise<void> {
    const said = problem.value;
    await seek();
    problem.value ??= said;
  }

  const set = (id: string, state: NonNullable<AssignmentChange["state"]>): Promise<boolean> =>
    act(() => setAssignment(id, { state, note: null }, csrf()));

  watch(
    alarm,
    () => {
      assignments.value = null;
      candidates.value = null;
      chosen.value = [];
      skills.value = [];
      request = null;
      problem.value = null;
      void refresh();
      void seek();
    },
    { immediate: true },
  );
  watch(version, () => void refresh());
  watch(isOpen, (open) => {
    if (open) void seek();
  });
  const timer = setInterval(() => {
    if (assignments.value?.some((one) => isUnderWay(one.state))) void refresh();
  }, REFRESH_MS);
  onUnmounted(() => clearInterval(timer));

  /** The first who can go, unless somebody is on the way. */
  const suggested = computed(() =>
    assignments.value?.some((one) => isUnderWay(one.state)) ? null : (candidates.value?.items[0]?.worker ?? null),
  );
  return {
    assignments,
    candidates,
    chosen,
    skills,
    toggleSkill,
    problem,
    seeking,
    busy,
    suggested,
    refresh,
    seek,
    send,
    set,
  };
}
