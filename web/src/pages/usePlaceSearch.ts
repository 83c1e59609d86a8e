import { computed, ref, shallowRef } from "vue";
import { useI18n } from "vue-i18n";
import type { ChooseBy, Draft } from "../panels/playback/ChooserPanel.vue";
import { type NearAsk, nearSpan } from "../panels/playback/nearAsk";
import { MOST_WORKERS } from "../panels/playback/playbackView";
import type { Roster } from "../panels/playback/roster";
import type { Span } from "../panels/playback/timelineScale";
import { useWords } from "../panels/words";
import type { WorkerRole } from "../wire/contracts.gen";
import { workersNear } from "../wire/nearApi";
import type { usePlayback } from "./usePlayback";

interface Wants {
  play: ReturnType<typeof usePlayback>;
  roster: Roster;
  by: { value: ChooseBy };
  draft: { value: Draft };
  /** Replays what the draft says, from a moment on. */
  show(at: number): void;
  explain(error: unknown): string;
  /** Clicks on the map set the place until told otherwise. */
  point(take: ((at: [number, number]) => void) | null): void;
  isPointing(): boolean;
}

/** "Who was near this place at that time": asks the server and replays those found, the nearest first. */
export function usePlaceSearch({ play, roster, by, draft, show, explain, point, isPointing }: Wants) {
  const { t } = useI18n();
  const words = useWords();
  const ask = shallowRef<NearAsk>({ at: null, meters: 200, ms: Math.floor(Date.now() / 1000) * 1000, minutes: 15 });
  const finding = ref(false);
  /** What came of it, told anew when the language changes. */
  const came = shallowRef<(() => string) | null>(null);
  const found = computed(() => came.value?.() ?? null);

  function startPointing(): void {
    if (isPointing()) point(null);
    else
      point((at) => {
        ask.value = { ...ask.value, at };
        point(null);
      });
  }

  function find(): void {
    if (!ask.value.at || finding.value) return;
    point(null);
    play.withReason(() => void look(ask.value));
  }

  function toldOf(n: number, gone: number, outside: number, meters: number, span: Span): string {
    const told =
      n === 0
        ? t("playback.place.nobody", { from: words.shortTime(span.from), to: words.shortTime(span.to), meters })
        : n > MOST_WORKERS
          ? t("playback.place.cut", { n: words.number(n), most: MOST_WORKERS })
          : t("playback.place.found", { n: words.number(n) });
    return [
      told,
      gone > 0 ? t("playback.place.left", { n: words.number(gone) }) : "",
      outside > 0 ? t("playback.place.outside", { n: words.number(outside) }) : "",
    ]
      .filter(Boolean)
      .join(" ");
  }

  async function look(now: NearAsk): Promise<void> {
    const why = play.reason.value;
    const { at, meters } = now;
    if (!why || !at) return;
    finding.value = true;
    came.value = null;
    const span = nearSpan(now, Date.now());
    try {
      const { items, more, outside } = await workersNear({ at, meters }, span, why);
      for (const who of items)
        roster.tell({
          code: who.worker,
          name: who.name ?? "",
          role: who.role as WorkerRole,
          area: who.area ?? "",
          left: who.left,
        });
      const gone = items.filter((who) => who.left !== null).length;
      const n = items.length + more;
      came.value = () => toldOf(n, gone, outside, now.meters, span);
      if (n === 0) return;
      draft.value = { workers: items.slice(0, MOST_WORKERS).map((who) => who.worker), area: null, span, shift: 0 };
      show(now.ms);
    } catch (error) {
      came.value = () => explain(error);
    } finally {
      finding.value = false;
    }
  }

  return {
    ask,
    finding,
    found,
    find,
    startPointing,
    /** Opens the chooser at a place and a moment: a call for help. */
    openAt(at: [number, number], ms: number): void {
      ask.value = { ...ask.value, at, ms: Math.floor(ms / 1000) * 1000 };
      came.value = null;
      by.value = "near";
    },
  };
}
