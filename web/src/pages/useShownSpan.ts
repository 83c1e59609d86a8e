import { type Ref, type ShallowRef, shallowRef, watch } from "vue";
import { keepInSight, type Span } from "../panels/playback/timelineScale";
import type { PlaybackFigures } from "./usePlayback";

/** The window of time that the timeline and the chart show. @param drafted what would be replayed; shown until something is */
export function useShownSpan(
  figures: Ref<PlaybackFigures>,
  isLoaded: () => boolean,
  drafted: () => Span,
): ShallowRef<Span> {
  const shown = shallowRef<Span>(drafted());
  watch(
    () => figures.value.now,
    (now) => {
      shown.value = keepInSight(shown.value, { from: figures.value.from, to: figures.value.to }, now);
    },
  );
  watch(drafted, (span) => {
    if (!isLoaded()) shown.value = { ...span };
  });
  // The end moves with a replay that has run into the present.
  watch(
    () => figures.value.to,
    (to, before) => {
      if (shown.value.to === before) shown.value = { from: shown.value.from, to };
    },
  );
  return shown;
}
