import { computed, onUnmounted, type Ref, ref, type ShallowRef, shallowRef, watch } from "vue";
import { useI18n } from "vue-i18n";
import { PlaybackMap } from "../map/playbackMap";
import { lanePalette } from "../panels/playback/laneColors";
import type { PlaybackView } from "../panels/playback/playbackView";
import { download, stillPicture } from "../panels/playback/stillPicture";
import { type AreaTree, type Bounds, boundsOf } from "../state/areas";
import type { Style } from "../state/dayNight";
import type { AreaShape } from "../state/playback/types";
import { api } from "../wire/api";
import type { BasemapInfo } from "../wire/contracts.gen";
import { exposePlayback, hidePlayback } from "./playbackHooks";
import { trackKey, type usePlayback } from "./usePlayback";
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
  let map: PlaybackMap | null = null;
  let view = { longitude: asked.longitude, latitude: asked.latitude, zoom: asked.zoom };
  /** The first fixes decide where to look, unless the address has. */
  let isPlaced = asked.zoom !== null;
  let isGuessed = false;
  let resumes = false;
  let lights = 0;

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
          placed: ([longitude, latitude]) => {
            near.value = player.near(longitude, latitude, NEAR_METERS, player.clock.now).slice(0, 50);
            map?.setRuler([[longitude, latitude]]);
          },
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
      project: (row) => map?.project(row) ?? null,
      following: () => following.value,
      drawn: () => map?.state.markers === true,
    });
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
    map.setTracks(people.value.map(({ row, color }) => ({ row, color })));
    map.setStops(
      people.value.flatMap((who) =>
        (summaries.value.get(trackKey(who.set, who.code))?.stops ?? []).map(({ longitude, latitude }) => ({
          longitude,
          latitude,
          color: who.color,
          id: who.row,
        })),
      ),
    );
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
      map?.setAreas(shapes);
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
    map?.follow(row ?? -1);
    if (row !== null) map?.goTo(row, !still.matches);
  }

  watch([people, summaries, style], paint);
  watch(style, () => map?.setTheme());
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
      plan.value?.area != null ? [] : people.value.map(({ row, name, color }) => ({ row, text: name, color }));
    const extra = [selected.value, hovered.value].filter(
      (row): row is number => row !== null && !all.some((one) => one.row === row),
    );
    return [...all, ...[...new Set(extra)].map((row) => ({ row, text: nameOfRow(row), color: "var(--line-strong)" }))];
  });
  const nameOfRow = (row: number): string => {
    const name = player.book.tracks[row]?.name;
    return name?.name ?? name?.worker ?? "";
  };
  const project = (row: number) => map?.project(row) ?? null;

  return {
    following,
    broken,
    near,
    counts,
    labelled,
    project,
    start,
    light,
    fit: fitAll,
    follow,
    choose: (row: number | null) => map?.setSelected(row ?? -1),
    place: () => ({ ...view }),
    /** A new replay looks where its tracks are. */
    forget(): void {
      if (plan.value) isPlaced = false;
      near.value = null;
      following.value = false;
      map?.follow(-1);
      map?.setRuler(null);
    },
    findNear(): void {
      near.value = near.value ? null : [];
      map?.setRuler(near.value ? [] : null);
    },
    goTo([longitude, latitude]: [number, number]): void {
      map?.jump([longitude, latitude], Math.max(map.zoom, 15));
    },
    /** Brings someone into view; already there and not asked for the middle, the view stays. */
    reveal(row: number, always = false): void {
      if (always || !project(row)) map?.goTo(row, !still.matches);
    },
    setFix: (fix: Parameters<PlaybackMap["setFix"]>[0]) => map?.setFix(fix),
    zoom: (steps: number) => map?.zoomBy(steps, !still.matches),
    resize: () => map?.resize(),
    /** While a hand is on the timeline the clock stands still. */
    scrubbing(active: boolean): void {
      const { clock } = player;
      if (active) {
        resumes = clock.playing;
        clock.pause();
      } else if (resumes) clock.play();
    },
    async saveStill(caption: string, attribution: string): Promise<boolean> {
      const labels = labelled.value.flatMap(({ row, text, color }) => {
        const at = project(row);
        return at
          ? [
              {
                text,
                ...at,
                color: color.startsWith("#")
                  ? color
                  : getComputedStyle(document.documentElement).getPropertyValue("--ink"),
              },
            ]
          : [];
      });
      const picture = await map?.still();
      if (!picture) return false;
      const blob = await stillPicture(await createImageBitmap(picture), labels, caption, attribution);
      if (!blob) return false;
      download(`playback-${new Date(player.clock.now).toISOString().slice(0, 19).replaceAll(":", "")}Z.png`, blob);
      return true;
    },
  };
}

/** Around all fixes of these people; null without any. */
function boundsOfTracks({ player }: ReturnType<typeof usePlayback>, people: readonly Someone[]): Bounds | null {
  let [west, south, east, north] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (const { row } of people) {
    const track = player.book.tracks[row];
    for (let i = 0; i < (track?.length ?? 0); i++) {
      west = Math.min(west, track.longitudeE7[i]);
      east = Math.max(east, track.longitudeE7[i]);
      south = Math.min(south, track.latitudeE7[i]);
      north = Math.max(north, track.latitudeE7[i]);
    }
  }
  return west <= east ? [west / 1e7, south / 1e7, east / 1e7, north / 1e7] : null;
}
