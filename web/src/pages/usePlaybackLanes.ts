import { computed, type Ref, shallowRef, watch } from "vue";
import { useI18n } from "vue-i18n";
import { laneColor } from "../panels/playback/laneColors";
import type { NamedLane } from "../panels/playback/PlaybackTimeline.vue";
import type { Roster } from "../panels/playback/roster";
import type { Person } from "../panels/playback/SidePanel.vue";
import { laneParts } from "../panels/playback/timelineLayout";
import type { Span } from "../panels/playback/timelineScale";
import { useWords } from "../panels/words";
import type { Style } from "../state/dayNight";
import type { WorkerRole } from "../wire/contracts.gen";
import { trackKey, type usePlayback } from "./usePlayback";

export interface Someone extends Person {
  set: number;
  role: WorkerRole;
  area: string;
  /** Number of its colour. */
  tint: number;
}

/** The people of a replay with their colours, and a lane for each; of an area only the chosen one's, since thousands of lanes tell nothing. */
export function usePlaybackLanes(
  play: ReturnType<typeof usePlayback>,
  selected: Ref<number | null>,
  style: Ref<Style>,
  names: Roster["names"],
) {
  const { t } = useI18n();
  const words = useWords();
  const { player, plan, tracks, survey, summaries, figures, refusal } = play;

  const people = computed<Someone[]>(() => {
    const { value: now } = plan;
    if (!now || survey.value < 0) return [];
    const two = now.shift !== 0;
    return tracks.value
      .filter((track) => track.name !== null && (now.area === null || track.row === selected.value))
      .map((track) => {
        const code = track.name?.worker ?? "";
        const order = now.area === null ? Math.max(0, now.workers.indexOf(code)) : 0;
        const tint = two ? order * 2 + track.set : order;
        return {
          row: track.row,
          set: track.set,
          code,
          name: track.name?.name ?? code,
          role: track.name?.role ?? ("gridWorker" as WorkerRole),
          area: track.name?.area ?? "",
          tint,
          color: laneColor(tint, style.value),
          offsetMs: track.set === 0 ? 0 : -now.shift,
          fixes: track.length,
        };
      })
      .sort((a, b) => a.tint - b.tint);
  });

  const spans = shallowRef(new Map<number, ReturnType<typeof player.lanes>[number]["spans"]>());
  watch([people, survey], ([all]) => {
    spans.value = new Map(player.lanes(all.map((who) => who.row)).map((lane) => [lane.row, lane.spans]));
  });

  const lanes = computed<NamedLane[]>(() => {
    const { value: now } = plan;
    if (!now) return [];
    const whole = { from: now.span.from, to: Math.max(now.span.to, figures.value.to) };
    const until = settledUntil.value;
    const found = people.value.map((who) => {
      const key = trackKey(who.set, who.code);
      return {
        key,
        row: who.row,
        name: who.name,
        detail: now.shift === 0 ? "" : dayName(who.set === 0 ? 0 : now.shift),
        color: who.color,
        parts: laneParts(spans.value.get(who.row) ?? [], whole, until, summaries.value.get(key) ?? null, who.offsetMs),
      };
    });
    return now.area === null ? inOrder(now.workers, found, whole, until) : found;
  });

  /** As they were asked for. Who has no fix has a lane too, silence is an answer; and who has none yet, so that nothing moves when it comes. */
  function inOrder(codes: readonly string[], found: readonly NamedLane[], whole: Span, until: number): NamedLane[] {
    if (refusal.value && figures.value.fixes === 0) return [];
    const shift = plan.value?.shift ?? 0;
    const known = new Map(found.map((lane) => [lane.key, lane]));
    return codes.flatMap((code) =>
      (shift === 0 ? [0] : [0, shift]).map((by, set) => {
        const key = trackKey(set, code);
        const silent = {
          key,
          row: -1,
          name: names.get(code)?.name ?? code,
          detail: shift === 0 ? "" : dayName(by),
          color: "var(--line-strong)",
          parts: laneParts([], whole, until, null),
        };
        return known.get(key) ?? silent;
      }),
    );
  }
  /** A lane is worked out anew when this changes, not with every step of the clock. */
  const settledUntil = computed(() => Math.floor(figures.value.loadedUntil / 1000) * 1000);
  const dayName = (shift: number): string =>
    shift === 0
      ? t("playback.compared.first")
      : t("playback.compared.second", { date: words.date((plan.value?.span.from ?? 0) + shift) });

  const person = computed(() => people.value.find((who) => who.row === selected.value) ?? null);
  const colorOf = (code: string): string | null =>
    people.value.find((who) => who.code === code && who.set === 0)?.color ?? null;
  return { people, lanes, person, colorOf, dayName };
}
