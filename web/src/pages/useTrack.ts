import { onUnmounted, type Ref, ref, shallowRef, watch } from "vue";
import { ApiProblem, api } from "../wire/api";
import type { WorkerTrack } from "../wire/contracts.gen";

/** Asked for again while the card is open: often enough to see the day grow, seldom enough for the audit trail. */
const AGAIN_AFTER_MS = 300_000;
const RETRY_AFTER_MS = 20_000;

export type TrackProblem = "forbidden" | "none" | "failed";

/** Today's track of the chosen worker, once someone asked to see it. */
export function useTrack(code: Ref<string | null>) {
  const track = shallowRef<WorkerTrack | null>(null);
  const problem = ref<TrackProblem | null>(null);
  const busy = ref(false);
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function load(): Promise<void> {
    clearTimeout(timer);
    const worker = code.value;
    const mine = ++asked;
    if (!worker) return;
    busy.value = true;
    try {
      const answer = await api.track(worker);
      if (mine !== asked) return;
      track.value = answer;
      problem.value = null;
      timer = setTimeout(load, AGAIN_AFTER_MS);
    } catch (error) {
      if (mine !== asked) return;
      const status = error instanceof ApiProblem ? error.status : 0;
      problem.value = status === 403 ? "forbidden" : status === 404 ? "none" : "failed";
      // What was seen of the same worker before stays on the map; the card says that it is not the newest.
      if (problem.value === "failed") timer = setTimeout(load, RETRY_AFTER_MS);
      else track.value = null;
    } finally {
      if (mine === asked) busy.value = false;
    }
  }

  watch(code, () => {
    track.value = null;
    problem.value = null;
    void load();
  });
  onUnmounted(() => {
    asked++;
    clearTimeout(timer);
  });
  return { track, problem, busy, load };
}
