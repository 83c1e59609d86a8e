import { computed, type Ref } from "vue";
import { useI18n } from "vue-i18n";
import type { Roster } from "../panels/playback/roster";
import { useWords } from "../panels/words";
import { type AreaTree, nameOf } from "../state/areas";
import type { usePlayback } from "./usePlayback";
import type { Someone } from "./usePlaybackLanes";

interface Wants {
  tree: AreaTree;
  play: ReturnType<typeof usePlayback>;
  people: Ref<Someone[]>;
  names: Roster["names"];
  /** Rows on the second map. */
  right: Ref<ReadonlySet<number>>;
  /** There are two maps. */
  stands: Ref<boolean>;
}

const MOST_NAMES = 4;

/** What a replay is called: in the head of the page, over each half, and what must be said of a comparison. */
export function usePlaybackWords({ tree, play, people, names, right, stands }: Wants) {
  const { t, locale } = useI18n();
  const words = useWords();
  const { plan, figures, refusal } = play;

  /** The first few, and how many there are. */
  const listed = (all: readonly string[]): string => {
    const some = all.slice(0, MOST_NAMES).join(t("playback.comma"));
    return all.length > MOST_NAMES ? t("playback.andOthers", { some, n: all.length }) : some;
  };
  const subject = computed(() => {
    const { value: now } = plan;
    if (!now) return "";
    const node = tree.find(now.area);
    const who = node
      ? nameOf(node.area, locale.value)
      : listed(
          now.workers.map(
            (code) => people.value.find((one) => one.code === code)?.name ?? (names.get(code)?.name || code),
          ),
        );
    return `${who} · ${words.date(now.span.from)} ${words.shortTime(now.span.from)}–${words.shortTime(figures.value.to || now.span.to)}`;
  });
  /** Two days are compared and one of them has nothing: said, or half a picture would pass for a whole one. */
  const missingDay = computed(() => {
    const { value: now } = plan;
    if (!now || now.shift === 0 || now.area !== null || figures.value.loading || refusal.value) return null;
    const has = (set: number): boolean => play.tracks.value.some((track) => track.set === set && track.length > 0);
    if (has(0) === has(1)) return null;
    const date = words.date(now.span.from + (has(0) ? now.shift : 0));
    return t(has(0) ? "playback.load.noSecond" : "playback.load.noFirst", { date });
  });
  /** What stands over each half. */
  const halves = computed(() => {
    const { value: now } = plan;
    if (!stands.value || !now) return null;
    const title = (isRight: boolean) => {
      const here = people.value.filter((who) => right.value.has(who.row) === isRight);
      const who = here
        .map((one) => one.name)
        .slice(0, 3)
        .join(t("playback.comma"));
      const day = now.shift === 0 ? "" : ` · ${words.date(now.span.from + (isRight ? now.shift : 0))}`;
      return { text: `${who}${here.length > 3 ? "…" : ""}${day}`, color: here[0]?.color ?? "var(--line)" };
    };
    return { first: title(false), second: title(true) };
  });

  return { subject, missingDay, halves };
}
