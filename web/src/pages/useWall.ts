import { computed, nextTick, onMounted, onUnmounted, ref, type ShallowRef, shallowRef, watch } from "vue";
import { useI18n } from "vue-i18n";
import { exposeWall, hideWall } from "../debug";
import { WallMap } from "../map/wallMap";
import { type AreaNode, type AreaTree, boundsOf } from "../state/areas";
import { type Heads, online } from "../state/counts";
import { trackLines } from "../state/dayTrack";
import { isFarOut } from "../state/declutter";
import type { Layers } from "../state/layers";
import { readView, type View } from "../state/view";
import { type Figures, Wall } from "../wall";
import { ApiProblem, api, type Session } from "../wire/api";
import { SignalRFeed } from "../wire/signalrFeed";
import { useAddress } from "./useAddress";
import { useAreas } from "./useAreas";
import { useBasemaps } from "./useBasemaps";
import { useMeasure } from "./useMeasure";
import { useStyle } from "./useStyle";
import { useTrack } from "./useTrack";
import { useWallAlarms } from "./useWallAlarms";
import { useWallHeat } from "./useWallHeat";

const waiting: Figures = {
  link: "connecting",
  reason: null,
  freshness: { state: "waiting", sinceMs: null },
  now: Date.now(),
  countsVersion: 0,
  shown: 0,
  crowded: false,
  known: false,
};

const still = matchMedia("(prefers-reduced-motion: reduce)");
/** Where the map looks until an area says where it lies. */
const SOMEWHERE: [number, number] = [112.56, 37.86];
/** A kiosk's change of view; a person's own is quicker. */
const TURN_MS = 1200;

/** Ties wire, state and map to the wall page, and the page to its address. */
export function useWall(
  session: Session,
  container: ShallowRef<HTMLElement | null>,
  signedOut: (reason: string | null) => void,
) {
  const { locale } = useI18n();
  const asked = readView(location.search);
  const isKiosk = asked.kiosk || (session.kiosk ?? null) !== null;
  const figures = shallowRef<Figures>(waiting);
  const wall = shallowRef<Wall | null>(null);
  const focus = ref<string | null>(null);
  const selected = ref<string | null>(isKiosk ? null : asked.worker);
  const hovered = ref<number | null>(null);
  const following = ref(false);
  const followProblem = ref<"forbidden" | "failed" | null>(null);
  const contextLostAt = ref<number | null>(null);
  const layers = ref<Layers>(asked.layers);
  const farOut = ref(false);
  const style = useStyle(asked.style);
  const measure = useMeasure();
  const basemaps = useBasemaps(() => layers.value.basemap);
  const areas = useAreas(open, () => signedOut(null));
  const tracked = computed(() => (areas.tree.value ? selected.value : null));
  const today = useTrack(tracked);
  let map: WallMap | null = null;
  const alarms = useWallAlarms({
    isKiosk,
    csrf: () => session.csrf,
    wall: () => wall.value,
    map: () => map,
    taken: () => following.value || measure.points.value !== null,
    still: () => still.matches,
    now: () => figures.value.now,
    signedOut: () => signedOut(null),
    middle: () => middle() ?? SOMEWHERE,
  });
  const heat = useWallHeat({ area: session.area, layers, style: style.style, map: () => map });
  /** The alarm whose mark was clicked; a new object each time. */
  const alarmPicked = shallowRef<{ id: string } | null>(null);
  let view: View = asked;
  let labelsVersion = "";
  let returning = false;
  let lost = false;

  const address = useAddress(
    () =>
      isKiosk
        ? { ...asked, kiosk: true }
        : {
            ...view,
            area: focus.value,
            worker: selected.value,
            language: locale.value,
            style: style.choice.value === "night" ? null : style.choice.value,
            layers: layers.value,
          },
    (next) => {
      view = next;
      returning = true;
      focus.value = areas.tree.value?.find(next.area)?.area.code ?? rootCode();
      selected.value = next.worker;
      layers.value = next.layers;
      if (next.longitude !== null && next.latitude !== null && next.zoom !== null) {
        map?.jump([next.longitude, next.latitude], next.zoom);
      }
      void nextTick(() => {
        returning = false;
      });
    },
  );

  /** What the map looks at; null before it does. */
  const middle = (): [number, number] | null =>
    view.longitude === null || view.latitude === null ? null : [view.longitude, view.latitude];

  const rootCode = (): string | null => {
    const tree = areas.tree.value;
    return (tree?.find(session.area) ?? tree?.roots[0])?.area.code ?? null;
  };

  function open(tree: AreaTree): void {
    wall.value?.stop();
    map?.destroy();
    const root = tree.find(session.area) ?? tree.roots[0];
    focus.value = (tree.find(view.area) ?? root)?.area.code ?? null;
    const whole = root ? boundsOf(root) : null;
    const origin = whole ? ([(whole[0] + whole[2]) / 2, (whole[1] + whole[3]) / 2] as [number, number]) : SOMEWHERE;
    const running = new Wall({
      area: session.area,
      whole,
      origin,
      feed: (events) => new SignalRFeed(events),
      alarms: alarms.events,
      draw: () => map?.draw(),
      tell,
      reducedMotion: () => still.matches,
    });
    wall.value = running;
    const at =
      view.longitude === null || view.latitude === null ? null : ([view.longitude, view.latitude] as [number, number]);
    map = drawn(running, at ?? origin);
    map?.setLayers(layers.value);
    alarms.redraw();
    map?.setFocus(focus.value === root?.area.code ? null : focus.value);
    void showBasemap();
    relabel();
    if (!at) fitFocus(false);
    exposeWall(running, {
      project: (slot) => map?.project(slot) ?? null,
      map: () => map?.state ?? null,
      following: () => following.value,
      alarms: () => ({
        open: alarms.queue.value.length,
        raised: alarms.raised.value.length,
        lane: alarms.lane.value,
        sound: alarms.sound.muted.value ? "muted" : alarms.sound.state.value,
      }),
    });
  }

  /** The map of a running wall; null on a screen without graphics, whose figures go on. */
  function drawn(running: Wall, center: [number, number]): WallMap | null {
    try {
      return mapOf(running, center);
    } catch (error) {
      console.error(error);
      contextLostAt.value = Date.now(); // The bar says so, and a kiosk loads itself again.
      return null;
    }
  }

  const mapOf = (running: Wall, center: [number, number]): WallMap =>
    new WallMap({
      container: container.value as HTMLElement,
      motion: running.motion,
      trails: running.trails,
      now: running.now,
      glideSeconds: running.glideSeconds,
      dress: heat.dress,
      spacing: running.spacing,
      center,
      zoom: view.zoom,
      language: locale.value,
      interactive: !isKiosk,
      events: {
        moved: (center, zoom, bounds) => {
          view = { ...view, longitude: center[0], latitude: center[1], zoom };
          address.settle();
          running.viewed(bounds);
          heat.viewed(center, zoom);
          relabel();
        },
        picked: (slot) => {
          if (!isKiosk) selected.value = slot === null ? null : (running.workers.who[slot]?.worker ?? null);
        },
        hovered: (slot) => {
          hovered.value = slot;
        },
        context: (lost) => {
          contextLostAt.value = lost ? Date.now() : null;
        },
        followEnded: () => {
          following.value = false;
        },
        placed: (at) => measure.place(at),
        alarmPicked: (id) => {
          alarmPicked.value = { id };
        },
      },
    });

  function tell(next: Figures): void {
    if (figures.value.freshness.state === "lost") lost = true;
    figures.value = next;
    if (lost && next.link === "connected") {
      lost = false;
      map?.refetch();
    }
    if (next.link === "signedOut") signedOut(next.reason);
    relabel();
    if (selected.value !== null) mark();
  }

  /** Head counts stand on the map where single markers say less than they do, or when asked for. */
  function relabel(): void {
    const tree = areas.tree.value;
    if (!map || !tree || !wall.value) return;
    farOut.value = isFarOut(map.zoom, map.scale, wall.value.spacing());
    const counted = layers.value.counts || farOut.value || figures.value.crowded;
    const version = `${locale.value} ${counted ? wall.value.counts.version : "-"}`;
    if (version === labelsVersion) return;
    labelsVersion = version;
    map.setLabels(tree, counted ? countOf : null);
  }

  function countOf(node: AreaNode): string {
    const heads = wall.value?.counts.of(node.area.id);
    return heads ? `${online(heads)} / ${heads.onDuty}` : "";
  }

  async function showBasemap(): Promise<void> {
    try {
      await map?.setBasemap(basemaps.chosen.value);
    } catch {
      basemaps.failed.value = true; // Its reader could not be fetched: the areas stand on plain ground.
    }
  }

  /** A worker chosen by code may only later appear on the picture. */
  function mark(): void {
    const slot = selected.value === null ? -1 : (wall.value?.workers.slotOf(selected.value) ?? -1);
    map?.setSelected(slot);
    map?.follow(following.value ? slot : -1);
  }

  /** Following is a look at someone's whereabouts: it begins only once it is on the audit trail. */
  async function follow(): Promise<void> {
    const code = selected.value;
    followProblem.value = null;
    if (following.value || !code || !wall.value?.workers.isShown(wall.value.workers.slotOf(code) ?? -1)) {
      following.value = false;
      mark();
      return;
    }
    try {
      await api.follow(code, session.csrf);
    } catch (error) {
      followProblem.value = error instanceof ApiProblem && error.status === 403 ? "forbidden" : "failed";
      return;
    }
    if (selected.value !== code) return;
    following.value = true;
    goTo(code);
    mark();
  }

  function fitFocus(animate = true, duration?: number): void {
    const node = areas.tree.value?.find(focus.value);
    const bounds = node && boundsOf(node);
    if (bounds) map?.fit(bounds, animate && !still.matches, duration);
  }

  function goTo(code: string): void {
    const slot = wall.value?.workers.slotOf(code);
    if (slot !== undefined) map?.goTo(slot, !still.matches);
  }

  watch(selected, () => {
    following.value = false;
    followProblem.value = null;
    mark();
    if (!returning) address.step();
  });
  watch(focus, (code, before) => {
    map?.setFocus(code === rootCode() ? null : code);
    // The first focus comes with the page, which may come with a view of its own; so does a step back.
    if (before !== null && !returning) {
      following.value = false;
      mark();
      fitFocus(true, isKiosk ? TURN_MS : undefined);
      address.step();
    }
  });
  watch(
    layers,
    (next) => {
      map?.setLayers(next);
      relabel();
      address.settle();
    },
    { deep: true },
  );
  watch(locale, (language) => {
    map?.setLanguage(language);
    relabel();
    address.settle();
  });
  watch(style.style, () => map?.setTheme());
  watch(style.choice, () => address.settle());
  watch(basemaps.chosen, showBasemap);
  watch(today.track, (track) => map?.setTrack(track ? trackLines(track) : null));
  watch(measure.points, (points) => map?.setRuler(points));

  onMounted(() => {
    void areas.load();
    void basemaps.load();
  });
  onUnmounted(() => {
    hideWall();
    wall.value?.stop();
    map?.destroy();
    map = null;
  });

  return {
    isKiosk,
    areas,
    figures,
    wall,
    focus,
    selected,
    hovered,
    following,
    followProblem,
    contextLostAt,
    layers,
    farOut,
    style,
    measure,
    basemaps,
    today,
    alarms,
    alarmPicked,
    heat: heat.shown,
    middle,
    follow,
    fit: fitFocus,
    goTo,
    zoom: (steps: number) => map?.zoomBy(steps, !still.matches),
    pan: (x: number, y: number) => map?.panBy(x, y, !still.matches),
    resize: () => map?.resize(),
    project: (slot: number) => map?.project(slot) ?? null,
    headsOf(areaId: number): Heads | undefined {
      // Reading the figures makes the reader follow their changes.
      return figures.value.countsVersion >= 0 ? wall.value?.counts.of(areaId) : undefined;
    },
  };
}
