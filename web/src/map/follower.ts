import type { Map as MapLibre } from "maplibre-gl";
import type { MarkerRows } from "../state/markerRows";
import { latitudeOf, longitudeOf } from "../state/mercator";

interface Followed {
  motion: MarkerRows;
  glideSeconds(): number;
}

/** Moves the camera along with one worker: as long and as evenly as the marker glides to each new fix. */
export class Follower {
  private slot = -1;
  private last = "";

  constructor(
    private readonly map: MapLibre,
    private readonly options: Followed,
  ) {}

  start(slot: number): void {
    if (slot === this.slot) return;
    this.slot = slot;
    this.last = "";
    // Zooming while following must not move the worker out of the middle.
    this.map.scrollZoom.disable();
    this.map.scrollZoom.enable(slot < 0 ? undefined : { around: "center" });
    this.map.touchZoomRotate.disable();
    this.map.touchZoomRotate.enable(slot < 0 ? undefined : { around: "center" });
    this.map.touchZoomRotate.disableRotation();
  }

  /** True when it followed someone. */
  stop(): boolean {
    const did = this.slot >= 0;
    this.start(-1);
    return did;
  }

  /** Once a drawing: starts towards the newest fix when there is one. */
  step(): void {
    if (this.slot < 0) return;
    const end = this.options.motion.place(this.slot, Number.POSITIVE_INFINITY, 1);
    if (!end) return;
    const target = `${end[0]},${end[1]}`;
    if (target === this.last) return;
    const first = this.last === "";
    this.last = target;
    const seconds = this.options.glideSeconds();
    this.map.easeTo({
      center: [longitudeOf(end[0]), latitudeOf(end[1])],
      duration: seconds === 0 ? 0 : first ? 250 : seconds * 1000,
      easing: first ? undefined : (t) => t,
    });
  }
}
