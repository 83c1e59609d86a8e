import { onUnmounted, ref, shallowRef } from "vue";
import { AreaTree } from "../state/areas";
import { ApiProblem, api } from "../wire/api";
import { backoffMs } from "../wire/backoff";
import { useCountdown } from "./useCountdown";

/** The viewer's areas, tried again until they come; `signedOut` when the session is over. */
export function useAreas(ready: (tree: AreaTree) => void, signedOut: () => void) {
  const tree = shallowRef<AreaTree | null>(null);
  const problem = ref<string | null>(null);
  const retry = useCountdown(load);
  let attempt = 0;
  let ended = false;
  onUnmounted(() => {
    ended = true;
  });

  async function load(): Promise<void> {
    let areas: AreaTree;
    try {
      areas = new AreaTree(await api.areas());
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
    tree.value = areas;
    ready(areas);
  }

  return { tree, problem, retryIn: retry.left, load };
}
