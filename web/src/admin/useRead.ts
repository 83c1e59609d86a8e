import { onMounted, onUnmounted, ref, shallowRef } from "vue";
import { ApiProblem } from "../wire/api";

/** One answer that a page shows, read again on demand; what was read stays while a later read fails. */
export function useRead<T>(load: () => Promise<T>, signedOut: () => void) {
  const found = shallowRef<T | null>(null);
  const problem = ref<unknown>(null);
  const busy = ref(false);
  let run = 0;

  async function read(): Promise<void> {
    const mine = ++run;
    busy.value = true;
    try {
      const answer = await load();
      if (mine !== run) return;
      found.value = answer;
      problem.value = null;
    } catch (error) {
      if (mine !== run) return;
      if (error instanceof ApiProblem && error.status === 401) signedOut();
      problem.value = error;
    } finally {
      if (mine === run) busy.value = false;
    }
  }

  onMounted(read);
  onUnmounted(() => {
    run++;
  });
  return { found, problem, busy, read };
}
