import "./alarmMarks.css";
import { type GeoJSONSource, type Map as MapLibre, Marker } from "maplibre-gl";
import { AlarmWays } from "./alarmWays";
import type { Feature, Features } from "./areaFeatures";
import { ALARMS } from "./overlays";

/** One alarm on the map. */
export interface AlarmMark {
  id: string;
  longitude: number;
  latitude: number;
  /** Radius; null when nobody says. */
  accuracyMeters: number | null;
  priority: number;
  /** Nobody has acknowledged it: it pulses. */
  raised: boolean;
  /** It came without a place: this is the worker's. */
  guessed: boolean;
  /** Two or three signs. */
  badge: string;
  /** Beside the badge. */
  name: string;
  /** For those who cannot see it. */
  label: string;
}

/** Something drawn of one alarm for as long as its card shows it. */
export interface MapOverlay {
  /** On this map from now on, whether or not its style has loaded. */
  add(map: MapLibre): void;
  /** After each load of a style, which carries none of it. */
  dress(): void;
  remove(): void;
}

const METERS_A_DEGREE = 111_195;
const RING_CORNERS = 64;
/** A flight ends no nearer than this, and shows this much around the place. */
const CLOSEST_ZOOM = 15.5;
const LEAST_AROUND_METERS = 80;

/** The alarms' marks and rings. Marks are elements over the map: they pulse without a drawing of the map, and stay through a new style. */
export class AlarmMarks {
  private marks: readonly AlarmMark[] = [];
  private readonly markers = new Map<string, Marker>();
  private handled = Number.NEGATIVE_INFINITY;
  private overlay: MapOverlay | null = null;
  readonly ways: AlarmWays;

  /** @param picked null on a wall nobody stands at */
  constructor(
    private readonly map: MapLibre,
    private readonly picked: ((id: string) => void) | null,
  ) {
    this.ways = new AlarmWays(map);
    for (const event of ["dragstart", "drag", "wheel", "touchstart", "mousedown"] as const) {
      map.on(event, () => {
        this.handled = performance.now();
      });
    }
  }

  /** When somebody last moved the map by hand, ms of the page's own clock. */
  get handledAt(): number {
    return this.handled;
  }

  set(marks: readonly AlarmMark[]): void {
    this.marks = marks;
    const ids = new Set(marks.map((mark) => mark.id));
    for (const [id, marker] of this.markers) {
      if (ids.has(id)) continue;
      marker.remove();
      this.markers.delete(id);
    }
    for (const mark of marks) this.place(mark);
    this.dress();
  }

  /** After each load of a style. */
  dress(): void {
    if (this.map.style) this.map.getSource<GeoJSONSource>(ALARMS)?.setData(rings(this.marks) as never);
    this.ways.dress();
    this.overlay?.dress();
  }

  /** One at a time; null: none. */
  show(overlay: MapOverlay | null): void {
    this.overlay?.remove();
    this.overlay = overlay;
    overlay?.add(this.map);
  }

  /** @param top height of what covers the map's upper edge, CSS pixels */
  fly(
    mark: Pick<AlarmMark, "longitude" | "latitude" | "accuracyMeters">,
    top: number,
    scale: number,
    ms: number,
  ): void {
    const meters = Math.max(LEAST_AROUND_METERS, (mark.accuracyMeters ?? 0) * 1.3);
    const [dx, dy] = degrees(meters, mark.latitude);
    const { clientHeight } = this.map.getContainer();
    const padding = 32 * scale;
    this.map.fitBounds([mark.longitude - dx, mark.latitude - dy, mark.longitude + dx, mark.latitude + dy], {
      // What is left of a low window is better than nothing.
      padding: { top: Math.min(top + padding, clientHeight * 0.6), bottom: padding, left: padding, right: padding },
      maxZoom: CLOSEST_ZOOM + Math.log2(scale),
      duration: ms,
    });
  }

  private place(mark: AlarmMark): void {
    const at: [number, number] = [mark.longitude, mark.latitude];
    let marker = this.markers.get(mark.id);
    if (marker) marker.setLngLat(at);
    else {
      marker = new Marker({ element: this.element(mark.id), anchor: "center" }).setLngLat(at).addTo(this.map);
      this.markers.set(mark.id, marker);
    }
    const element = marker.getElement();
    element.dataset.priority = String(mark.priority);
    element.dataset.raised = String(mark.raised);
    element.dataset.guessed = String(mark.guessed);
    element.setAttribute("aria-label", mark.label);
    element.title = mark.label;
    element.dataset.name = mark.name;
    element.textContent = mark.badge;
  }

  private element(id: string): HTMLElement {
    const element = document.createElement(this.picked ? "button" : "div");
    element.className = "alarm-mark";
    element.dataset.testid = "alarm-mark";
    element.dataset.id = id;
    if (!this.picked) element.setAttribute("role", "img");
    // The map would take the click for one on its own ground.
    element.addEventListener("click", (event) => {
      event.stopPropagation();
      this.picked?.(id);
    });
    return element;
  }
}

function degrees(meters: number, latitude: number): [number, number] {
  const dy = meters / METERS_A_DEGREE;
  return [dy / Math.max(0.01, Math.cos((latitude * Math.PI) / 180)), dy];
}

/** The circle each alarm's place lies in, as the phone says. */
export function rings(marks: readonly AlarmMark[]): Features {
  const features = marks
    .filter((mark) => (mark.accuracyMeters ?? 0) > 0)
    .map((mark): Feature => {
      const [dx, dy] = degrees(mark.accuracyMeters as number, mark.latitude);
      const ring = Array.from({ length: RING_CORNERS + 1 }, (_, n) => {
        const turn = ((n % RING_CORNERS) / RING_CORNERS) * 2 * Math.PI;
        return [mark.longitude + dx * Math.cos(turn), mark.latitude + dy * Math.sin(turn)];
      });
      return {
        type: "Feature",
        geometry: { type: "Polygon", coordinates: [ring] },
        properties: { priority: mark.priority },
      };
    });
  return { type: "FeatureCollection", features };
}
