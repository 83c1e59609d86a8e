import type { Ref } from "vue";
import type { Span } from "../panels/playback/timelineScale";
import type { usePlayback } from "./usePlayback";
import { type PlaybackKeys, usePlaybackKeys } from "./usePlaybackKeys";
import type { usePlaybackMap } from "./usePlaybackMap";

interface Wants extends Pick<PlaybackKeys, "follow" | "note" | "still" | "style" | "help" | "search"> {
  play: ReturnType<typeof usePlayback>;
  map: ReturnType<typeof usePlaybackMap>;
  selected: Ref<number | null>;
  shown: Ref<Span>;
  isBeside: Ref<boolean>;
  timeline: Ref<{ zoomBy(factor: number): void; all(): void } | null>;
}

/** What each key does to a replay. */
export function usePlaybackKeyboard({ play, map, selected, shown, isBeside, timeline, ...others }: Wants): void {
  const { player, figures } = play;
  usePlaybackKeys({
    ...others,
    toggle: () => play.toggle(),
    run: (direction) => play.run(direction),
    pause: () => player.clock.pause(),
    jump: (minutes) => play.jump(minutes),
    stepFix: (direction) => player.stepFix(direction, selected.value),
    edge: (end) => play.edge(end),
    faster: (by) => play.faster(by),
    zoomTime: (steps) => timeline.value?.zoomBy(steps > 0 ? 0.5 : 2),
    wholeTime: () => timeline.value?.all(),
    loop: () => play.loop(shown.value),
    fit: () => map.fit(),
    beside() {
      if (map.beside.can.value) isBeside.value = !isBeside.value;
    },
    clean: () => play.showClean(!play.clean.value),
    escape() {
      if (map.pointing.value) map.point(null);
      else if (map.near.value) map.findNear();
      else if (map.following.value) map.follow(null);
      else if (figures.value.loop) player.clock.setLoop(null);
      else selected.value = null;
    },
  });
}
