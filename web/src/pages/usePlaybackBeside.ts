import { computed, onUnmounted, type Ref, type ShallowRef, shallowRef, watch } from "vue";
import { useI18n } from "vue-i18n";
import { PlaybackMap } from "../map/playbackMap";
import { lanePalette } from "../panels/playback/laneColors";
import { canCompare, sidesOf } from "../panels/playback/sides";
import type { AreaTree, Bounds } from "../state/areas";
import type { Style } from "../state/dayNight";
import type { Scene } from "../state/playback/scene";
import type { BasemapInfo } from "../wire/contracts.gen";
import { paintPeople } from "./paintPeople";
import type { usePlayback } from "./usePlayback";
import type { Someone } from "./usePlaybackLanes";

interface Wants {
  tree: AreaTree;
  /** Where the second map stands; null while there is none. */
  container: ShallowRef<HTMLElement | null>;
  main: () => PlaybackMap | null;
  play: ReturnType<typeof usePlayback>;
  style: Ref<Style>;
  basemap: Ref<BasemapInfo | null>;
  people: Ref<Someone[]>;
  selected: Ref<number | null>;
  whole: Bounds | null;
  /** Asked for; it stands once there are two to stand. */
  isOn: Ref<boolean>;
  followEnded(): void;
  placed(at: [longitude: number, latitude: number]): void;
}

/** Two people or two days beside each other: a second map that looks where the first does, by the same clock. */
export function usePlaybackBeside(wants: Wants) {
  const { tree, container, main, play, style, basemap, people, selected, whole, isOn } = wants;
  const { t, locale } = useI18n();
  const { player, plan, summaries } = play;
  const nobody: ReadonlySet<number> = new Set();
  const hovered = shallowRef<number | null>(null);
  let map: PlaybackMap | null = null;
  let scene: Scene | null = null;
  let unlink: (() => void) | null = null;

  const can = computed(() => canCompare(plan.value));
  const sides = computed(() =>
    isOn.value && can.value ? sidesOf(people.value, plan.value?.workers[0] ?? null) : null,
  );
  const stands = computed(() => sides.value !== null);
  const right = computed(() => sides.value?.right ?? nobody);

  function start(element: HTMLElement, first: PlaybackMap): void {
    scene = player.addScene();
    map = new PlaybackMap({
      container: element,
      player,
      scene,
      whole,
      center: null,
      zoom: null,
      language: locale.value,
      events: {
        moved: () => {},
        picked: (row) => {
          if (row !== null) selected.value = row;
        },
        hovered: (row) => {
          hovered.value = row;
        },
        context: () => {},
        followEnded: wants.followEnded,
        placed: wants.placed,
      },
    });
    map.setName(t("playback.beside.map"));
    map.setLabels(tree, null);
    map.setSelected(selected.value ?? -1);
    unlink = first.link(map);
    void map.setBasemap(basemap.value).catch(() => {}); // Plain ground, as on the first.
    paint();
  }

  function end(): void {
    unlink?.();
    unlink = null;
    map?.destroy();
    map = null;
    if (scene) player.dropScene(scene);
    scene = null;
    hovered.value = null;
  }

  function paint(): void {
    if (!map || !scene) return;
    map.setPalette(lanePalette(style.value));
    paintPeople(map, scene, people.value, sides.value?.left ?? nobody, summaries.value);
  }

  watch(
    container,
    (element) => {
      end();
      const first = main();
      if (!element || !first) return;
      try {
        start(element, first);
      } catch (error) {
        console.error(error);
        end();
        isOn.value = false; // No second drawing on this screen: one map shows both.
      }
    },
    { flush: "post" },
  );
  watch([people, summaries, style, sides], paint);
  watch(style, () => map?.setTheme());
  watch(basemap, (chosen) => void map?.setBasemap(chosen).catch(() => {}));
  watch(locale, (language) => {
    map?.setLanguage(language);
    map?.setName(t("playback.beside.map"));
    map?.setLabels(tree, null);
  });
  onUnmounted(end);

  /** Names on the second map, and what stands over each half. */
  const labelled = computed(() => people.value.filter((who) => right.value.has(who.row)));
  return {
    can,
    stands,
    right,
    labelled,
    hovered,
    /** The second map when this row stands on it. */
    of: (row: number | null): PlaybackMap | null => (row !== null && right.value.has(row) ? map : null),
    map: () => map,
    project: (row: number) => map?.project(row) ?? null,
  };
}
