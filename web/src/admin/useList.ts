import { computed, onMounted, onUnmounted, ref, shallowRef } from "vue";
import type { Query } from "../wire/adminApi";
import { ApiProblem } from "../wire/api";
import type { Page } from "../wire/contracts.gen";

const TYPING_MS = 300;

/** One page of a list at a time, forward by cursor and back by the cursors gone through. */
export function useList<T>(
  load: (query: Query) => Promise<Page<T>>,
  filter: () => Query,
  signedOut: () => void,
  pageSize = 50,
) {
  const items = shallowRef<T[]>([]);
  const state = ref<"loading" | "ready" | "failed" | "forbidden">("loading");
  const problem = ref<unknown>(null);
  /** Asking again while rows are shown: they stay until the answer comes. */
  const busy = ref(false);
  /** When what is shown was read. */
  const readAt = ref<string | null>(null);
  let shown = "";
  const trail = ref<(string | null)[]>([null]);
  const next = ref<string | null>(null);
  let run = 0;
  let typing: ReturnType<typeof setTimeout> | undefined;

  async function read(): Promise<void> {
    const mine = ++run;
    const query = { ...filter(), limit: pageSize, cursor: trail.value.at(-1) };
    const wanted = JSON.stringify(query);
    busy.value = true;
    try {
      const page = await load(query);
      if (mine !== run) return;
      items.value = page.items;
      next.value = page.next;
      state.value = "ready";
      problem.value = null;
      readAt.value = new Date().toISOString();
      shown = wanted;
    } catch (error) {
      if (mine !== run) return;
      if (error instanceof ApiProblem && error.status === 401) {
        signedOut();
        return;
      }
      problem.value = error;
      if (error instanceof ApiProblem && error.status === 403) state.value = "forbidden";
      // Rows of the same question stay and say their age; those of another one would be a wrong answer.
      else if (state.value !== "ready" || shown !== wanted) state.value = "failed";
    } finally {
      if (mine === run) busy.value = false;
    }
  }

  /** From the first page, at once. */
  function restart(): Promise<void> {
    clearTimeout(typing);
    trail.value = [null];
    return read();
  }

  onMounted(read);
  onUnmounted(() => {
    clearTimeout(typing);
    run++;
  });

  return {
    items,
    state,
    problem,
    busy,
    readAt,
    page: computed(() => trail.value.length),
    hasNext: computed(() => next.value !== null),
    filtered: computed(() =>
      Object.values(filter()).some((value) => value !== null && value !== undefined && value !== ""),
    ),
    read,
    restart,
    /** From the first page, once typing pauses. */
    restartSoon(): void {
      clearTimeout(typing);
      typing = setTimeout(restart, TYPING_MS);
    },
    forward(): void {
      if (!next.value) return;
      trail.value.push(next.value);
      void read();
    },
    back(): void {
      if (trail.value.length < 2) return;
      trail.value.pop();
      void read();
    },
  };
}

export type List = Pick<
  ReturnType<typeof useList>,
  "state" | "problem" | "busy" | "readAt" | "page" | "hasNext" | "filtered" | "read" | "forward" | "back"
> & {
  items: { value: readonly unknown[] };
};
