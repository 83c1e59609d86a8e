import { onMounted, onUnmounted, ref, type ShallowRef, shallowRef, watch } from "vue";
import { useI18n } from "vue-i18n";
import { exposeWall, hideWall } from "../debug";
import { WallMap } from "../map/wallMap";
import { type AreaNode, type AreaTree, boundsOf } from "../state/areas";
import { type Heads, online } from "../state/counts";
import { readView, type View, writeView } from "../state/view";
import { type Figures, Wall } from "../wall";
import type { Session } from "../wire/api";
import { SignalRFeed } from "../wire/signalrFeed";
import { useAreas } from "./useAreas";

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

/** Ties wire, state and map to the wall page, and the page to its address. */
export function useWall(
  session: Session,
  container: ShallowRef<HTMLElement | null>,
  signedOut: (reason: string | null) => void,
) {
  const { locale } = useI18n();
  const figures = shallowRef<Figures>(waiting);
  const wall = shallowRef<Wall | null>(null);
  const focus = ref<string | null>(null);
  const selected = ref<string | null>(null);
  const hovered = ref<number | null>(null);
  const contextLost = ref(false);
  const areas = useAreas(open, () => signedOut(null));
  let map: WallMap | null = null;
  let view: View = readView(location.search);
  let labelsVersion = -1;

  function open(tree: AreaTree): void {
    const root = tree.find(session.area) ?? tree.roots[0];
    const asked = tree.find(view.area);
    focus.value = (asked ?? root)?.area.code ?? null;
    selected.value = view.worker;
    const whole = root ? boundsOf(root) : null;
    const origin = whole ? ([(whole[0] + whole[2]) / 2, (whole[1] + whole[3]) / 2] as [number, number]) : SOMEWHERE;
    const running = new Wall({
      area: session.area,
      whole,
      origin,
      feed: (events) => new SignalRFeed(events),
      draw: () => map?.draw(),
      tell,
      reducedMotion: () => still.matches,
    });
    wall.value = running;
    const at =
      view.longitude === null || view.latitude === null ? null : ([view.longitude, view.latitude] as [number, number]);
    map = new WallMap({
      container: container.value as HTMLElement,
      motion: running.motion,
      now: running.now,
      glideSeconds: running.glideSeconds,
      center: at ?? origin,
      zoom: view.zoom,
      events: {
        moved: (center, zoom, bounds) => {
          view = { ...view, longitude: center[0], latitude: center[1], zoom };
          remember();
          running.viewed(bounds);
        },
        picked: (slot) => {
          selected.value = slot === null ? null : (running.workers.who[slot]?.worker ?? null);
        },
        hovered: (slot) => {
          hovered.value = slot;
        },
        context: (lost) => {
          contextLost.value = lost;
        },
      },
    });
    map.setAreas(tree);
    map.setLabels(tree, locale.value, null);
    map.setFocus(focus.value === root?.area.code ? null : focus.value);
    if (!at) fitFocus(false);
    exposeWall(running, (slot) => map?.project(slot) ?? null);
  }

  function tell(next: Figures): void {
    const was = figures.value;
    figures.value = next;
    if (next.link === "signedOut") signedOut(next.reason);
    // A wall too crowded for markers carries the head counts on the map instead.
    const version = next.crowded ? next.countsVersion : -1;
    if (version !== labelsVersion || was.crowded !== next.crowded) {
      labelsVersion = version;
      relabel();
    }
    if (selected.value !== null) mark();
  }

  function relabel(): void {
    if (!map || !areas.tree.value) return;
    map.setLabels(areas.tree.value, locale.value, figures.value.crowded ? countOf : null);
  }

  function countOf(node: AreaNode): string {
    const heads = wall.value?.counts.of(node.area.id);
    return heads ? `${online(heads)}/${heads.onDuty}` : "";
  }

  /** A worker chosen by code may only later appear on the picture. */
  function mark(): void {
    const slot = selected.value === null ? -1 : (wall.value?.workers.slotOf(selected.value) ?? -1);
    map?.setSelected(slot);
  }

  function remember(): void {
    const next = { ...view, area: focus.value, worker: selected.value, language: locale.value };
    history.replaceState(null, "", location.pathname + writeView(next));
  }

  function fitFocus(animate = true): void {
    const node = areas.tree.value?.find(focus.value);
    const bounds = node && boundsOf(node);
    if (bounds) map?.fit(bounds, animate && !still.matches);
  }

  function goTo(code: string): void {
    const slot = wall.value?.workers.slotOf(code);
    if (slot !== undefined) map?.goTo(slot, !still.matches);
  }

  watch(selected, () => {
    mark();
    remember();
  });
  watch(focus, (code, before) => {
    const root = areas.tree.value?.find(session.area);
    map?.setFocus(code === root?.area.code ? null : code);
    // The first focus comes with the page, which may come with a view of its own.
    if (before !== null) fitFocus();
    remember();
  });
  watch(locale, () => {
    relabel();
    remember();
  });

  onMounted(areas.load);
  onUnmounted(() => {
    hideWall();
    wall.value?.stop();
    map?.destroy();
    map = null;
  });

  return {
    areas,
    figures,
    wall,
    focus,
    selected,
    hovered,
    contextLost,
    fit: fitFocus,
    goTo,
    zoom: (steps: number) => map?.zoomBy(steps, !still.matches),
    resize: () => map?.resize(),
    project: (slot: number) => map?.project(slot) ?? null,
    headsOf(areaId: number): Heads | undefined {
      // Reading the figures makes the reader follow their changes.
      return figures.value.countsVersion >= 0 ? wall.value?.counts.of(areaId) : undefined;
    },
  };
}
