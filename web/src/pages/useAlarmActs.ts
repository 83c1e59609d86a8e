import { reactive, ref } from "vue";
import { acknowledgeAlarm, reopenAlarm, resolveAlarm } from "../wire/alarmsApi";
import { ApiProblem } from "../wire/api";
import type { WallAlarm } from "../wire/contracts.gen";

/** How long an end can be taken back with one click; later on the list. */
const UNDO_MS = 20_000;

export type AlarmProblem = "away" | "forbidden" | "conflict" | "gone" | "failed";
export type Outcome = "resolved" | "falseAlarm";

/** What a refusal means for somebody who wanted to act on an alarm; a key of alarms.problem. */
export function problemOfAct(error: unknown): AlarmProblem {
  const status = error instanceof ApiProblem ? error.status : -1;
  if (status === 0 || status === 502 || status === 503 || status === 504) return "away";
  if (status === 403) return "forbidden";
  if (status === 404) return "gone";
  return status === 409 ? "conflict" : "failed";
}

/** What a dispatcher does to alarms. What became of it comes back as news, so nothing is guessed here. */
export function useAlarmActs(csrf: () => string, signedOut: () => void) {
  const busy = reactive(new Set<string>());
  const problems = reactive(new Map<string, AlarmProblem>());
  const ended = ref<{ alarm: WallAlarm; outcome: Outcome } | null>(null);
  let forgetting: ReturnType<typeof setTimeout> | undefined;

  async function act(id: string, run: () => Promise<unknown>): Promise<boolean> {
    if (busy.has(id)) return false;
    busy.add(id);
    problems.delete(id);
    try {
      await run();
      return true;
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) signedOut();
      else problems.set(id, problemOfAct(error));
      return false;
    } finally {
      busy.delete(id);
    }
  }

  return {
    busy,
    problems,
    ended,
    acknowledge: (id: string) => act(id, () => acknowledgeAlarm(id, csrf())),
    async resolve(alarm: WallAlarm, outcome: Outcome, reason: string): Promise<boolean> {
      const done = await act(alarm.id, () => resolveAlarm(alarm.id, { outcome, reason }, csrf()));
      if (!done) return false;
      clearTimeout(forgetting);
      ended.value = { alarm, outcome };
      forgetting = setTimeout(() => {
        ended.value = null;
      }, UNDO_MS);
      return true;
    },
    async reopen(id: string, reason: string): Promise<boolean> {
      const done = await act(id, () => reopenAlarm(id, reason, csrf()));
      if (done && ended.value?.alarm.id === id) ended.value = null;
      return done;
    },
  };
}

export type AlarmActs = ReturnType<typeof useAlarmActs>;
