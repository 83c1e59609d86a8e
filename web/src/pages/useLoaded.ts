import { onUnmounted, ref, shallowRef } from "vue";
import { ApiProblem } from "../wire/api";
import { backoffMs } from "../wire/backoff";
import { useCountdown } from "./useCountdown";

/** What a page cannot open without, tried again until it comes; `signedOut` when the session is over. */
export function useLoaded<T>(ask: () => Promise<T>, ready: (found: T) => void, signedOut: () => void) {
  const found = shallowRef<T | null>(null);
  /** The server's words, empty when it does not answer; null while nothing failed. */
  const problem = ref<string | null>(null);
  const retry = useCountdown(load);
  let attempt = 0;
  let ended = false;
  onUnmounted(() => {
    ended = true;
  });

  async function load(): Promise<void> {
    let answer: T;
    try {
      answer = await ask();
    } catch (error) {
      if (ended) return;
      if (error instanceof ApiProblem && error.status === 401) {
        signedOut();
        return;
      }
      const known = error instanceof ApiProblem ? error : null;
      problem.value = known?.detail ?? "";
      retry.start(Math.max(2, known?.retryAfterSeconds ?? backoffMs(attempt++, Math.random()) / 1000));
      if (!known) throw error;
      return;
    }
    if (ended) return;
    attempt = 0;
    problem.value = null;
    found.value = answer;
    ready(answer);
  }

  return { found, problem, retryIn: retry.left, load };
}
