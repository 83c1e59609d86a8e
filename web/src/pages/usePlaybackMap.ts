import { computed, onUnmounted, type Ref, ref, type ShallowRef, shallowRef, watch } from "vue";
import { useI18n } from "vue-i18n";
import { PlaybackMap } from "../map/playbackMap";
import { lanePalette } from "../panels/playback/laneColors";
import type { PlaybackView } from "../panels/playback/playbackView";
import { download, type Label, stillPicture } from "../panels/playback/stillPicture";
import { type AreaTree, type Bounds, boundsOf } from "../state/areas";
import type { Style } from "../state/dayNight";
import type { Place } from "../state/measure";
import type { AreaShape } from "../state/playback/types";
import { api } from "../wire/api";
import type { BasemapInfo } from "../wire/contracts.gen";
import { paintPeople } from "./paintPeople";
import { exposePlayback, hidePlayback } from "./playbackHooks";
import type { usePlayback } from "./usePlayback";
import { usePlaybackBeside } from "./usePlaybackBeside";
import type { Someone } from "./usePlaybackLanes";

/** Who stood this near to a place is listed. */
export const NEAR_METERS = 200;
const COUNT_EVERY_MS = 300;
const still = matchMedia("(prefers-reduced-motion: reduce)");

interface Wants {
  tree: AreaTree;
  container: ShallowRef<HTMLElement | null>;
  play: ReturnType<typeof usePlayback>;
  asked: PlaybackView;
  style: Ref<Style>;
  basemap: Ref<BasemapInfo | null>;
  people: Ref<Someone[]>;
  selected: Ref<number | null>;
  whole: Bounds | null;
  /** Two maps are asked for. */
  isBeside: Ref<boolean>;
  besideContainer: ShallowRef<HTMLElement | null>;
  moved(): void;
}

/** The map of a replay: who is coloured, followed, labelled; which areas are lit; who was near a place; and a picture to take away. */
export function usePlaybackMap({
  tree,
  container,
  play,
  asked,
  style,
  basemap,
  people,
  selected,
  whole,
  isBeside,
  besideContainer,
  moved,
}: Wants) {
  const { locale } = useI18n();
  const { player, plan, summaries, figures } = play;
  const following = ref(false);
  const broken = ref(false);
  const hovered = ref<number | null>(null);
  /** People near the place last clicked; null while nobody looks for them. */
  const near = shallowRef<{ row: number; meters: number }[] | null>(null);
  const counts = shallowRef<ReadonlyMap<string, number> | null>(null);
  /** Takes the next point set on the map; null while the map is for looking. */
  const pointing = shallowRef<((at: Place) => void) | null>(null);
  let map: PlaybackMap | null = null;
  let view = { longitude: asked.longitude, latitude: asked.latitude, zoom: asked.zoom };
  /** The first fixes decide where to look, unless the address has. */
  let isPlaced = asked.zoom !== null;
  let isGuessed = false;
  let resumes = false;
  let lights = 0;

  const beside = usePlaybackBeside({
    tree,
    container: besideContainer,
    main: () => map,
    play,
    style,
    basemap,
    people,
    selected,
    whole,
    isOn: isBeside,
    followEnded: () => {
      following.value = false;
    },
    placed: (at) => place(at),
  });
  const maps = (): PlaybackMap[] => [map, beside.map()].filter((one) => one !== null);
  /** The map somebody stands on. */
  const mapOf = (row: number | null): PlaybackMap | null => beside.of(row) ?? map;

  function start(): void {
    if (!container.value) return;
    try {
      map = new PlaybackMap({
        container: container.value,
        player,
        whole,
        center: view.longitude !== null && view.latitude !== null ? [view.longitude, view.latitude] : null,
        zoom: view.zoom,
        language: locale.value,
        events: {
          moved: (center, zoom) => {
            view = { longitude: center[0], latitude: center[1], zoom };
            moved();
          },
          picked: (row) => {
            if (row !== null) selected.value = row;
          },
          hovered: (row) => {
            hovered.value = row;
          },
          context: (lost) => {
            broken.value = lost;
          },
          followEnded: () => {
            following.value = false;
          },
          placed: (at) => place(at),
        },
      });
      if (!isPlaced && whole) map.fit(whole, false);
      map.setLabels(tree, null);
      void ground();
    } catch (error) {
      console.error(error);
      broken.value = true; // The bar says so; time and lists go on.
    }
    exposePlayback(player, {
      project: (row) => mapOf(row)?.project(row) ?? null,
      following: () => following.value,
      drawn: () => maps().length > 0 && maps().every((one) => one.state.markers),
      maps: () => maps().length,
      lights: () => map?.lights ?? {},
    });
  }

  /** A point was set on either map: who stands near to it now, or where the chooser shall look. */
  function place(at: Place): void {
    for (const one of maps()) one.setRuler([at]);
    if (pointing.value) {
      pointing.value(at);
      return;
    }
    near.value = player.near(at[0], at[1], NEAR_METERS, player.clock.now);
  }

  async function ground(): Promise<void> {
    try {
      await map?.setBasemap(basemap.value);
    } catch {
      // Its reader could not be fetched: the areas stand on plain ground.
    }
  }

  /** Everyone's tint, whole tracks and stops. Of an area people keep the colours of their state, and the chosen one has a track. */
  function paint(): void {
    if (!map) return;
    const of = new Map(people.value.map((who) => [who.row, who.tint]));
    const palette = lanePalette(style.value);
    const inArea = plan.value?.area != null;
    map.setColors(palette, (row) => (inArea || !of.has(row) ? 0 : ((of.get(row) ?? 0) % palette.length) + 1));
    paintPeople(map, player.main, people.value, beside.right.value, summaries.value);
  }

  /** Polygons of the area's upper levels: grids by the hundred would tell nobody anything at this zoom. */
  async function light(code: string | null): Promise<void> {
    const mine = ++lights;
    counts.value = null;
    map?.setAreas([]);
    const node = tree.find(code);
    if (!node) return;
    try {
      const shapes: AreaShape[] = (
        await api.areaShapes(node.area.kind === "district" ? ["district", "subdistrict", "community"] : null)
      )
        .filter((area) => isUnder(area.code, node.area.code))
        .flatMap(({ code: of, id, bounds, geometry }) =>
          bounds?.length === 4 && geometry
            ? [{ code: of, id, bounds: bounds as unknown as Bounds, geometry: geometry as AreaShape["geometry"] }]
            : [],
        );
      if (mine !== lights) return;
      const inside = (code: string) => tree.path(tree.find(code) ?? node).slice(0, -1);
      map?.setAreas(shapes, new Set(shapes.flatMap(({ code: of }) => inside(of).map((step) => step.area.code))));
      counts.value = new Map();
    } catch {
      if (mine === lights) counts.value = null; // Lights are an extra: the replay goes on without.
    }
  }

  function isUnder(code: string, ancestor: string): boolean {
    const node = tree.find(code);
    return node ? tree.path(node).some((step) => step.area.code === ancestor) : false;
  }

  function fitAll(): void {
    const bounds =
      boundsOfTracks(play, people.value) ?? (plan.value?.area ? areaBounds(plan.value.area) : null) ?? whole;
    if (bounds) map?.fit(bounds, !still.matches);
  }

  const areaBounds = (code: string): Bounds | null => {
    const node = tree.find(code);
    return node ? boundsOf(node) : null;
  };

  function follow(row: number | null): void {
    following.value = row !== null;
    for (const one of maps()) one.follow(one === mapOf(row) ? (row ?? -1) : -1);
    if (row !== null) mapOf(row)?.goTo(row, !still.matches);
  }

  watch([people, summaries, style, beside.right], paint);
  watch(style, () => map?.setTheme());
  // Half as wide, or as wide again: the view is fitted anew.
  watch(beside.stands, () => {
    requestAnimationFrame(() => {
      for (const one of maps()) one.resize();
      if (figures.value.fixes > 0) fitAll();
    });
  });
  watch(basemap, ground);
  watch(locale, (language) => {
    map?.setLanguage(language);
    map?.setLabels(tree, null);
  });
  watch(
    () => [figures.value.loading, play.survey.value, plan.value] as const,
    () => {
      if (isPlaced || figures.value.fixes === 0) return;
      // With the first fixes, and once more when all is there; then the view is the viewer's.
      if (figures.value.loading && isGuessed) return;
      isGuessed = figures.value.loading;
      isPlaced = !isGuessed;
      fitAll();
    },
  );
  const timer = setInterval(() => {
    if (counts.value !== null && counts.value !== player.areaCounts) counts.value = player.areaCounts;
  }, COUNT_EVERY_MS);

  onUnmounted(() => {
    clearInterval(timer);
    hidePlayback();
    map?.destroy();
    map = null;
  });

  /** Names on the map: all who were chosen, of an area only who is looked at or pointed to. */
  const labelled = computed(() => {
    const all =
      plan.value?.area != null
        ? []
        : people.value
            .filter((who) => !beside.right.value.has(who.row))
            .map(({ row, name, color }) => ({ row, text: name, color }));
    const extra = [selected.value, hovered.value].filter(
      (row): row is number => row !== null && !beside.right.value.has(row) && !all.some((one) => one.row === row),
    );
    return [...all, ...[...new Set(extra)].map((row) => ({ row, text: nameOfRow(row), color: "var(--line-strong)" }))];
  });
  const nameOfRow = (row: number): string => {
    const name = player.book.tracks[row]?.name;
    return name?.name ?? name?.worker ?? "";
  };
  const labelledBeside = computed(() =>
    beside.labelled.value.map(({ row, name, color }) => ({ row, text: name, color })),
  );
  const project = (row: number) => map?.project(row) ?? null;

  return {
    following,
    broken,
    near,
    counts,
    labelled,
    labelledBeside,
    beside,
    pointing,
    project,
    start,
    light,
    fit: fitAll,
    follow,
    choose(row: number | null): void {
      for (const one of maps()) one.setSelected(row ?? -1);
    },
    place: () => ({ ...view }),
    /** A new replay looks where its tracks are. */
    forget(): void {
      if (plan.value) isPlaced = false;
      near.value = null;
      following.value = false;
      pointing.value = null;
      for (const one of maps()) {
        one.follow(-1);
        one.setRuler(null);
      }
    },
    findNear(): void {
      pointing.value = null;
      near.value = near.value ? null : [];
      for (const one of maps()) one.setRuler(near.value ? [] : null);
    },
    /** The next clicks on the map set a point, until given null. */
    point(take: ((at: Place) => void) | null): void {
      pointing.value = take;
      near.value = null;
      for (const one of maps()) one.setRuler(take ? [] : null);
    },
    goTo([longitude, latitude]: [number, number]): void {
      map?.jump([longitude, latitude], Math.max(map.zoom, 15));
    },
    /** Brings someone into view; already there and not asked for the middle, the view stays. */
    reveal(row: number, always = false): void {
      if (always || !mapOf(row)?.project(row)) mapOf(row)?.goTo(row, !still.matches);
    },
    setFix(fix: Parameters<PlaybackMap["setFix"]>[0]): void {
      for (const one of maps()) one.setFix(fix && mapOf(fix.row) === one ? fix : null);
    },
    zoom: (steps: number) => map?.zoomBy(steps, !still.matches),
    resize(): void {
      for (const one of maps()) one.resize();
    },
    /** While a hand is on the timeline the clock stands still. */
    scrubbing(active: boolean): void {
      const { clock } = player;
      if (active) {
        resumes = clock.playing;
        clock.pause();
      } else if (resumes) clock.resume();
    },
    async saveStill(caption: string, attribution: string): Promise<boolean> {
      const halves = [
        { map, labelled: labelled.value },
        { map: beside.map(), labelled: labelledBeside.value },
      ];
      const pictures: ImageBitmap[] = [];
      const labels: Label[] = [];
      let left = 0;
      for (const half of halves) {
        if (!half.map) continue;
        const picture = await half.map.still();
        if (!picture) return false;
        for (const { row, text, color } of half.labelled) {
          const at = half.map.project(row);
          if (at) labels.push({ text, x: at.x + left, y: at.y, color: color.startsWith("#") ? color : inkOf() });
        }
        pictures.push(await createImageBitmap(picture));
        left += pictures[pictures.length - 1].width / devicePixelRatio;
      }
      const blob = pictures.length > 0 ? await stillPicture(pictures, labels, caption, attribution) : null;
      if (!blob) return false;
      download(`playback-${new Date(player.clock.now).toISOString().slice(0, 19).replaceAll(":", "")}Z.png`, blob);
      return true;
    },
  };
}

const inkOf = (): string => getComputedStyle(document.documentElement).getPropertyValue("--ink");

/** Around all fixes of these people; null without any. */
function boundsOfTracks({ player }: ReturnType<typeof usePlayback>, people: readonly Someone[]): Bounds | null {
  let [west, south, east, north] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (const { row } of people) {
    if (!player.book.tracks[row]) continue;
    const track = player.book.drawn(row);
    for (let i = 0; i < track.length; i++) {
      west = Math.min(west, track.longitudeE7[i]);
      east = Math.max(east, track.longitudeE7[i]);
      south = Math.min(south, track.latitudeE7[i]);
      north = Math.max(north, track.latitudeE7[i]);
    }
  }
  return west <= east ? [west / 1e7, south / 1e7, east / 1e7, north / 1e7] : null;
}
