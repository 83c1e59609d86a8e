import { computed, type Ref, shallowRef } from "vue";
import { useI18n } from "vue-i18n";
import { MOST_WORKERS } from "../panels/playback/playbackView";
import { useWords } from "../panels/words";

/** What is to be said above the map, as a key and not as words: they follow the language when it is changed. */
export interface Notice {
  key: "playback.chooser.cutAddress" | "playback.still.failed" | "top.signOutFailed";
  /** Of people; written as numbers are in the language. */
  n?: number;
}

/** One notice at a time, in the language of the page. */
export function useNotices(first: Notice | null): { notice: Ref<Notice | null>; told: Readonly<Ref<string | null>> } {
  const { t } = useI18n();
  const words = useWords();
  const notice = shallowRef<Notice | null>(first);
  const told = computed(() =>
    notice.value ? t(notice.value.key, { n: words.number(notice.value.n ?? 0), most: MOST_WORKERS }) : null,
  );
  return { notice, told };
}
