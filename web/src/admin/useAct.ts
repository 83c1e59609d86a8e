import { ElMessage } from "element-plus";
import { ref } from "vue";
import { ApiProblem } from "../wire/api";
import { useAdmin } from "./useAdmin";

/** Runs one write at a time: busy while it runs, its refusal in words, a short word when it is done. */
export function useAct() {
  const { problemText, signedOut } = useAdmin();
  const busy = ref(false);
  const problem = ref<string | null>(null);

  /** @returns what the work returned, undefined when it was refused */
  async function act<T>(work: () => Promise<T>, done?: string): Promise<{ result: T } | undefined> {
    if (busy.value) return undefined;
    busy.value = true;
    problem.value = null;
    try {
      const result = await work();
      if (done) ElMessage({ type: "success", message: done, grouping: true });
      return { result };
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) signedOut();
      problem.value = problemText(error);
      return undefined;
    } finally {
      busy.value = false;
    }
  }

  return { busy, problem, act };
}
