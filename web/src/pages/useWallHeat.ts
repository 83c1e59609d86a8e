import type { Map as MapLibre } from "maplibre-gl";
import { onUnmounted, type Ref, shallowRef, watch } from "vue";
import type { WallMap } from "../map/wallMap";
import type { Counts } from "../state/coverage/scales";
import type { Style } from "../state/dayNight";
import type { Heat, Layers } from "../state/layers";
import type { WallHeat } from "./wallHeat";

/** What the legend says of the coverage that lies on the wall. */
export interface ShownHeat {
  measure: Heat;
  /** Metres of a square; null while nothing has come. */
  size: number | null;
  counts: Counts | null;
  reckonedAt: string | null;
  /** Why nothing newer came; null: it did. */
  problem: unknown;
}

/** Where the wall looks: the coverage page opens at the same place. */
export interface HeatPlace {
  longitude: number;
  latitude: number;
  zoom: number;
}

interface Wants {
  area: string;
  layers: Ref<Layers>;
  style: Ref<Style>;
  map(): WallMap | null;
}

/** Coverage on the wall's map, fetched with all that draws it when somebody switches it on. */
export function useWallHeat({ area, layers, style, map }: Wants) {
  const shown = shallowRef<(ShownHeat & { place: HeatPlace | null }) | null>(null);
  let heat: WallHeat | null = null;
  let view: HeatPlace | null = null;
  let ended = false;

  async function show(): Promise<void> {
    if (!heat) {
      if (layers.value.heat === null) return;
      const { WallHeat } = await import("./wallHeat");
      if (ended) return;
      heat ??= new WallHeat(area, {
        told: (now) => {
          shown.value = now && { ...now, place: view };
        },
        drawn: () => map()?.draw(),
      });
      map()?.refetch(); // Its layer comes with the next load of the style.
    }
    heat.show(layers.value.heat, style.value);
    look();
  }

  function look(): void {
    if (view) heat?.look(view.latitude, view.zoom, map()?.scale ?? 1);
  }

  watch([() => layers.value.heat, style], () => void show(), { immediate: true });
  onUnmounted(() => {
    ended = true;
    heat?.end();
  });

  return {
    shown,
    dress: (to: MapLibre, below: string) => heat?.dress(to, below),
    viewed([longitude, latitude]: readonly [number, number], zoom: number): void {
      view = { longitude, latitude, zoom };
      if (shown.value) shown.value = { ...shown.value, place: view };
      look();
    },
  };
}
