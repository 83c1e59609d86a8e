import { onMounted, onUnmounted } from "vue";
import { readView, type View, writeView } from "../state/view";

const SETTLE_MS = 300;

/**
 * The view in the address bar. Choices (an area, a worker) are steps the browser's back button undoes; moving the map and switching layers
 * only rewrite the present one.
 */
export function useAddress(current: () => View, went: (view: View) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = location.search;

  function write(step: boolean): void {
    clearTimeout(timer);
    const search = writeView(current());
    if (search === last) return;
    last = search;
    const address = location.pathname + search;
    if (step) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  }

  function popped(): void {
    clearTimeout(timer);
    last = location.search;
    went(readView(location.search));
  }

  onMounted(() => addEventListener("popstate", popped));
  onUnmounted(() => {
    clearTimeout(timer);
    removeEventListener("popstate", popped);
  });

  return {
    /** What changes often is written once it settles: browsers refuse pages that rewrite their address all the time. */
    settle(): void {
      clearTimeout(timer);
      timer = setTimeout(() => write(false), SETTLE_MS);
    },
    step: () => write(true),
  };
}
