import { computed, shallowRef } from "vue";
import { length, lengthMeters, type Place, surface, surfaceSquareMeters } from "../state/measure";

/** More points than anyone sets by hand. */
const MOST_POINTS = 200;

/** The measuring tool: points set on the map, their length and the area inside. */
export function useMeasure() {
  const points = shallowRef<readonly Place[] | null>(null);
  return {
    points,
    distance: computed(() => length(lengthMeters(points.value ?? []))),
    surface: computed(() =>
      (points.value?.length ?? 0) > 2 ? surface(surfaceSquareMeters(points.value ?? [])) : null,
    ),
    toggle(): void {
      points.value = points.value ? null : [];
    },
    end(): boolean {
      const was = points.value !== null;
      points.value = null;
      return was;
    },
    place(at: Place): void {
      if (points.value && points.value.length < MOST_POINTS) points.value = [...points.value, at];
    },
    undo(): void {
      if (points.value) points.value = points.value.slice(0, -1);
    },
  };
}
