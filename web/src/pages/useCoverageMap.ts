import { onMounted, onUnmounted, type Ref, ref, type ShallowRef, shallowRef, watch } from "vue";
import { useI18n } from "vue-i18n";
import { CoverageHeat } from "../map/coverageHeat";
import { CoverageMap } from "../map/coverageMap";
import type { CoverageView } from "../panels/coverage/coverageView";
import { type AreaTree, boundsOf } from "../state/areas";
import { keyAt, ringOf } from "../state/coverage/plane";
import { type Counts, countsOf } from "../state/coverage/scales";
import { sizeAt } from "../state/coverage/sizes";
import type { Style } from "../state/dayNight";
import { allLayers } from "../state/layers";
import type { Place } from "../state/measure";
import type { BasemapInfo } from "../wire/contracts.gen";
import { exposeCoverage, hideCoverage } from "./coverageHooks";
import type { Coverage } from "./useCoverage";
import type { CoverageSquare } from "./useCoverageSquare";

const still = matchMedia("(prefers-reduced-motion: reduce)");
const SOMEWHERE: Place = [112.56, 37.86];
/** Where a square can be told from the next, at the usual text size. */
const SQUARE_ZOOM = 16;

interface Wants {
  tree: AreaTree;
  container: ShallowRef<HTMLElement | null>;
  asked: CoverageView;
  coverage: Coverage;
  square: CoverageSquare;
  style: Ref<Style>;
  basemap: Ref<BasemapInfo | null>;
  moved(): void;
}

/** The map of the coverage page: squares in the measure's colours, the chosen one outlined. */
export function useCoverageMap({ tree, container, asked, coverage, square, style, basemap, moved }: Wants) {
  const { locale } = useI18n();
  const broken = ref(false);
  /** Squares by step of the legend; null while nothing is painted. */
  const counts = shallowRef<Counts | null>(null);
  const heat = new CoverageHeat();
  let map: CoverageMap | null = null;
  let view = { longitude: asked.longitude, latitude: asked.latitude, zoom: asked.zoom };

  const areaBounds = () => {
    const node = tree.find(coverage.area.value);
    return node ? boundsOf(node) : null;
  };

  function start(): void {
    if (!container.value) return;
    const whole = areaBounds();
    const middle: Place = whole ? [(whole[0] + whole[2]) / 2, (whole[1] + whole[3]) / 2] : SOMEWHERE;
    const at: Place = asked.longitude !== null && asked.latitude !== null ? [asked.longitude, asked.latitude] : middle;
    try {
      map = new CoverageMap({
        container: container.value,
        heat,
        center: at,
        zoom: asked.zoom,
        language: locale.value,
        moved: (center, zoom) => {
          view = { longitude: center[0], latitude: center[1], zoom };
          coverage.size.value = sizeAt(zoom, center[1], map?.scale ?? 1);
          moved();
        },
        clicked: choose,
        context: (lost) => {
          broken.value = lost;
        },
      });
      map.setLayers({ ...allLayers(), trails: false });
      map.setLabels(tree, null);
      if (asked.zoom === null && whole) map.fit(whole, false);
      focus();
      void ground();
    } catch (error) {
      console.error(error);
      broken.value = true; // The bar says so; the tables go on.
    }
    if (!map) coverage.size.value = 100; // Without a map the legend has its numbers all the same.
    exposeCoverage({
      state: () => map?.state ?? null,
      size: () => coverage.picture.value?.size ?? null,
      painted: () => counts.value?.patrollable ?? null,
    });
  }

  async function ground(): Promise<void> {
    try {
      await map?.setBasemap(basemap.value);
    } catch {
      // Its reader could not be fetched: the areas stand on plain ground.
    }
  }

  /** The square at a place; none outside of the area's. */
  function choose(at: Place): void {
    const { value: picture } = coverage.picture;
    square.key.value = picture ? keyAt(picture, at) : null;
  }

  function paint(): void {
    const { value: picture } = coverage.picture;
    heat.set(picture, style.value);
    counts.value = picture ? countsOf(picture.measure, heat.counted) : null;
    map?.draw();
  }

  function outline(): void {
    const { value: cell } = square.cell;
    const { value: picture } = coverage.picture;
    const { value: key } = square.key;
    if (key === null) map?.setSquare([]);
    else if (cell) map?.setSquare(cell.polygon.map(([longitude, latitude]): Place => [longitude, latitude]));
    else map?.setSquare(picture && picture.columns > 0 ? ringOf(picture, key) : []);
  }

  function focus(): void {
    const node = tree.find(coverage.area.value);
    map?.setFocus(node?.parent ? node.area.code : null);
  }

  watch([coverage.picture, style], paint);
  watch([square.key, square.cell], outline);
  watch(coverage.area, () => {
    focus();
    showArea();
  });
  watch(style, () => map?.setTheme());
  watch(locale, (language) => {
    map?.setLanguage(language);
    map?.setLabels(tree, null);
  });
  watch(basemap, ground);

  function showArea(): void {
    const bounds = areaBounds();
    if (bounds) map?.fit(bounds, !still.matches);
  }

  onMounted(start);
  onUnmounted(() => {
    hideCoverage();
    map?.destroy();
    map = null;
  });

  return {
    broken,
    counts,
    place: () => view,
    fit: showArea,
    resize: () => map?.resize(),
    zoom: (steps: 1 | -1) => map?.zoomBy(steps, !still.matches),
    chooseMiddle(): void {
      if (!map) return;
      choose(map.middle);
    },
    look: (at: Place) => map?.look(at, SQUARE_ZOOM, !still.matches),
  };
}
