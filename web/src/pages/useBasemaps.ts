import { computed, onUnmounted, ref, shallowRef } from "vue";
import { ApiProblem, api } from "../wire/api";
import { backoffMs } from "../wire/backoff";
import type { BasemapInfo } from "../wire/contracts.gen";

/** The server's basemaps and which of them this screen shows. Without any the areas stand on plain ground. */
export function useBasemaps(wanted: () => string | null) {
  const list = shallowRef<BasemapInfo[]>([]);
  const failed = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let ended = false;

  const chosen = computed<BasemapInfo | null>(() => {
    const id = wanted();
    if (id === "none") return null;
    return list.value.find((basemap) => basemap.id === id) ?? list.value[0] ?? null;
  });

  async function load(): Promise<void> {
    try {
      const basemaps = await api.basemaps();
      if (ended) return;
      list.value = basemaps;
      failed.value = false;
    } catch (error) {
      if (ended) return;
      // An older server has none; one that is away is asked again. The wall itself says when it is signed out.
      if (error instanceof ApiProblem && [401, 403, 404].includes(error.status)) return;
      failed.value = true;
      timer = setTimeout(load, Math.max(5000, backoffMs(attempt++, Math.random())));
    }
  }

  onUnmounted(() => {
    ended = true;
    clearTimeout(timer);
  });
  return { list, chosen, failed, load };
}
