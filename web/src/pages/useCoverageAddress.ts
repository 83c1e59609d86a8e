import { onMounted, onUnmounted } from "vue";
import { type CoverageView, readCoverage, writeCoverage } from "../panels/coverage/coverageView";
import { centerDay } from "../state/coverage/windows";

const SETTLE_MS = 400;

/** The look in the address bar. Areas and squares are steps the browser's back button undoes; all else only rewrites the present one. */
export function useCoverageAddress(current: () => CoverageView, went: (view: CoverageView) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = location.search;

  function write(step: boolean): void {
    clearTimeout(timer);
    const search = writeCoverage(current());
    if (search === last) return;
    last = search;
    const address = location.pathname + search;
    if (step) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  }

  function popped(): void {
    clearTimeout(timer);
    last = location.search;
    went(readCoverage(location.search, centerDay(Date.now())));
  }

  onMounted(() => addEventListener("popstate", popped));
  onUnmounted(() => {
    clearTimeout(timer);
    removeEventListener("popstate", popped);
  });
  return {
    settle(): void {
      clearTimeout(timer);
      timer = setTimeout(() => write(false), SETTLE_MS);
    },
    step: () => write(true),
  };
}
