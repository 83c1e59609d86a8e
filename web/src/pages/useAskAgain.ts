import { type Ref, watch } from "vue";
import type { usePlayback } from "./usePlayback";
import type { usePlaybackMarks } from "./usePlaybackMarks";

interface Wants {
  play: ReturnType<typeof usePlayback>;
  marking: Pick<ReturnType<typeof usePlaybackMarks>, "problem" | "load">;
  /** Codes of those whose trips and stops are listed. */
  exportable: Ref<readonly string[]>;
}

/** What could not be asked while the server was away, lists and notes, is asked when it is back. */
export function useAskAgain({ play, marking, exportable }: Wants): void {
  watch(
    () => play.figures.value.unread,
    (unread) => {
      if (unread || !play.plan.value || play.figures.value.fixes === 0) return;
      if (play.summaryRefusal.value) void play.summarize(exportable.value);
      if (marking.problem.value) void marking.load();
    },
  );
}
