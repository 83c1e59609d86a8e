import { computed, type Ref } from "vue";
import { useI18n } from "vue-i18n";
import { useWords } from "../panels/words";
import type { BasemapInfo } from "../wire/contracts.gen";
import type { Notice } from "./useNotices";
import type { usePlaybackMap } from "./usePlaybackMap";

interface Wants {
  map: Pick<ReturnType<typeof usePlaybackMap>, "saveStill">;
  basemap: Ref<BasemapInfo | null>;
  demo: boolean;
  subject: Ref<string>;
  now: () => number;
  /** Shown above the map while it is not null. */
  notice: Ref<Notice | null>;
}

const NOTICE_MS = 6000;

/** Saves the picture with its moment, its people and whose map it is on; says so where it cannot. */
export function useStill({ map, basemap, demo, subject, now, notice }: Wants): () => Promise<void> {
  const { t } = useI18n();
  const words = useWords();
  const attribution = computed(() => {
    const { value: one } = basemap;
    return one?.generated || (demo && !one) ? t("map.generated") : (one?.attribution ?? "");
  });

  return async () => {
    const caption = `${words.date(now())} ${words.time(now())} · ${subject.value}`;
    if (await map.saveStill(caption, attribution.value)) return;
    notice.value = { key: "playback.still.failed" };
    setTimeout(() => {
      notice.value = null;
    }, NOTICE_MS);
  };
}
