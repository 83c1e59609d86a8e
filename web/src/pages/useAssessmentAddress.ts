import { onMounted, onUnmounted } from "vue";
import { type AssessmentView, readAssessment, writeAssessment } from "../panels/assessment/assessmentView";

const SETTLE_MS = 400;

/** The look in the address bar. What somebody opens is a step that the browser's back button undoes; all else only rewrites the present one. */
export function useAssessmentAddress(current: () => AssessmentView, went: (view: AssessmentView) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = location.search;

  function write(step: boolean): void {
    clearTimeout(timer);
    const search = writeAssessment(current());
    if (search === last) return;
    last = search;
    const address = location.pathname + search;
    if (step) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  }

  function popped(): void {
    clearTimeout(timer);
    last = location.search;
    went(readAssessment(location.search));
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
