import { onMounted, onUnmounted, type Ref } from "vue";
import type { Draft } from "../panels/playback/ChooserPanel.vue";
import type { PlaybackView } from "../panels/playback/playbackView";
import { spanOf } from "../panels/playback/spans";
import type { Span } from "../panels/playback/timelineScale";

interface Wants {
  /** What the address said. */
  asked: PlaybackView;
  draft: Ref<Draft>;
  show(start?: { at: number | null; speed: number; loop: Span | null }): void;
}

/** Replays what the address asks for when the page is opened, and anew when the browser goes back or forth to another address. */
export function useOpening({ asked, draft, show }: Wants): void {
  const popped = (): void => location.reload();
  onMounted(() => {
    addEventListener("popstate", popped);
    if (asked.workers.length === 0 && asked.area === null) return;
    if (asked.span) show({ at: asked.at, speed: asked.speed, loop: asked.loop });
    else {
      draft.value = { ...draft.value, span: spanOf(asked.area === null ? "today" : "lastHour", Date.now()) };
      show();
    }
  });
  onUnmounted(() => removeEventListener("popstate", popped));
}
