import { computed, type Ref, watch } from "vue";
import { useI18n } from "vue-i18n";
import { chartData } from "../panels/playback/chartData";
import { isFinal, type Refusal, refusalOf, wordsOf } from "../panels/playback/refusals";
import type { Roster } from "../panels/playback/roster";
import type { SideTab } from "../panels/playback/SidePanel.vue";
import type { Span } from "../panels/playback/timelineScale";
import { ApiProblem } from "../wire/api";
import { trackKey, type usePlayback } from "./usePlayback";
import type { Someone } from "./usePlaybackLanes";
import type { usePlaybackMap } from "./usePlaybackMap";

interface Wants {
  play: ReturnType<typeof usePlayback>;
  map: ReturnType<typeof usePlaybackMap>;
  people: Ref<Someone[]>;
  person: Ref<Someone | null>;
  tab: Ref<SideTab>;
  shown: Ref<Span>;
  names: Roster["names"];
}

/** A refusal in the viewer's language, with what to do. */
export function useExplained() {
  const { t } = useI18n();
  const explain = (refusal: Refusal): string =>
    t(wordsOf(refusal), { detail: refusal.detail, n: refusal.known ? refusal.n : refusal.seconds });
  return {
    explain,
    explainError(error: unknown): string {
      const known = error instanceof ApiProblem ? error : new ApiProblem(0, null, String(error), null);
      return explain(refusalOf(known.status, known.detail, known.retryAfterSeconds, known.reason));
    },
  };
}

/** What stands beside the map: of whom is looked at the trips, the fix at this moment and the chart; who was near; and what is lacking and why. */
export function usePlaybackDetails({ play, map, people, person, tab, shown, names }: Wants) {
  const { t } = useI18n();
  const { explain } = useExplained();
  const { player, figures, plan, refusal } = play;

  const summary = computed(() =>
    person.value ? (play.summaries.value.get(trackKey(person.value.set, person.value.code)) ?? null) : null,
  );
  const fix = computed(() =>
    person.value && figures.value.now ? player.fixUnder(person.value.row, figures.value.now) : null,
  );
  watch([fix, tab], ([one, what]) => map.setFix(what === "fix" ? one : null));
  const chart = computed(() => {
    const { value: who } = person;
    const track = who && play.survey.value >= 0 && player.book.tracks[who.row] ? player.book.drawn(who.row) : null;
    return tab.value === "chart" && track && who ? chartData(track, who.offsetMs, shown.value) : null;
  });
  /** Why nobody can be looked at. */
  const lacks = computed(() => {
    if (people.value.length > 0 || figures.value.fixes > 0) return null;
    if (figures.value.loading) return "loading";
    // What is refused for good is not there to be read again.
    if (figures.value.unread && !(refusal.value && isFinal(refusal.value))) return "unread";
    return play.isEmpty.value ? "empty" : "idle";
  });
  const refusalText = computed(() => {
    if (!refusal.value) return null;
    return refusal.value.key === "away" && figures.value.fixes === 0
      ? t("playback.failed.nothing")
      : explain(refusal.value);
  });
  const nearby = computed(
    () =>
      map.near.value
        ?.map(({ row, meters }) => {
          const name = player.book.tracks[row]?.name;
          const code = name?.worker ?? "";
          return {
            row,
            meters,
            code,
            name: name?.name ?? name?.worker ?? t("role.unknown"),
            left: names.get(code)?.left ?? null,
          };
        })
        .filter((who) => who.code !== "") ?? null,
  );
  const exportable = computed(() =>
    plan.value?.area === null ? plan.value.workers : person.value ? [person.value.code] : [],
  );

  return { summary, fix, chart, lacks, refusalText, nearby, exportable };
}
