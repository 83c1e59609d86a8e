import { onUnmounted } from "vue";
import { type PlaybackView, writePlayback } from "../panels/playback/playbackView";

const SETTLE_MS = 400;

/**
 * The replay in the address bar. What is replayed is a step the browser's back button undoes; the moment, the speed and the map's place only
 * rewrite the present one, and the moment is not written while it runs.
 */
export function usePlaybackView(current: () => PlaybackView) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = location.search;

  function write(step: boolean): void {
    clearTimeout(timer);
    timer = undefined;
    const search = writePlayback(current());
    if (search === last) return;
    last = search;
    const address = location.pathname + search;
    if (step) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  }

  onUnmounted(() => clearTimeout(timer));
  return {
    settle(): void {
      clearTimeout(timer);
      timer = setTimeout(() => write(false), SETTLE_MS);
    },
    step: () => write(true),
    /** Before the page is left: what is about to be settled is written at once. */
    now: () => write(false),
  };
}
