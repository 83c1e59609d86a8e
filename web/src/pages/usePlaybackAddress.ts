import { type Ref, watch } from "vue";
import { useI18n } from "vue-i18n";
import type { PlaybackView } from "../panels/playback/playbackView";
import type { usePlayback } from "./usePlayback";
import type { Someone } from "./usePlaybackLanes";
import type { usePlaybackMap } from "./usePlaybackMap";
import { usePlaybackView } from "./usePlaybackView";
import type { useStyle } from "./useStyle";

interface Wants {
  /** What the address said when the page was opened. */
  asked: PlaybackView;
  play: ReturnType<typeof usePlayback>;
  map: ReturnType<typeof usePlaybackMap>;
  style: ReturnType<typeof useStyle>;
  person: Ref<Someone | null>;
  /** Whom a shared view followed, while that one has not been found. */
  wanted: () => string | null;
  isBeside: Ref<boolean>;
  trailSeconds: Ref<number>;
}

/** Keeps the address bar at what is replayed and how it is looked at. */
export function usePlaybackAddress({ asked, play, map, style, person, wanted, isBeside, trailSeconds }: Wants) {
  const { locale } = useI18n();
  const { player, plan, figures } = play;

  const address = usePlaybackView(() => {
    const { value: now } = plan;
    const { clock } = player;
    const look = {
      ...map.place(),
      language: locale.value,
      style: style.choice.value === "night" ? null : style.choice.value,
    };
    // Not read yet: a shared address keeps what it asks for while the reason is still being given.
    if (!now) return { ...asked, ...look };
    return {
      ...look,
      cut: 0,
      workers: now.workers,
      area: now.area,
      span: now.span,
      shift: now.shift,
      at: clock.now,
      speed: clock.speed,
      follow: map.following.value ? (person.value?.code ?? null) : wanted(),
      beside: isBeside.value,
      trailSeconds: trailSeconds.value,
      clean: play.clean.value,
      loop: clock.loop ? { ...clock.loop } : null,
      basemap: asked.basemap,
    };
  });

  watch(
    () => [figures.value.playing, figures.value.speed, figures.value.loop?.from, figures.value.loop?.to],
    () => plan.value && address.settle(),
  );
  watch([locale, style.choice, trailSeconds, play.clean, map.following, isBeside], () => address.settle());
  watch(
    () => figures.value.now,
    () => {
      if (!figures.value.playing && plan.value) address.settle();
    },
  );
  return address;
}
