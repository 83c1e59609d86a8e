import "./alarmWays.css";
import { type GeoJSONSource, type Map as MapLibre, Marker } from "maplibre-gl";
import type { Features } from "./areaFeatures";
import { WAYS } from "./overlays";

/** Somebody on the way to an alarm. */
export interface WayMark {
  worker: string;
  from: readonly [number, number];
  to: readonly [number, number];
  /** Name, time and distance. */
  label: string;
  isStale: boolean;
}

/** Room of a label with its gap, CSS pixels at the page's own size. */
const PITCH_REM = 1.75;
const REACH_REM = 9;

/** Lines from those who are on the way to where they go, each with its name, time and distance beside it. */
export class AlarmWays {
  private ways: readonly WayMark[] = [];
  private readonly labels = new Map<string, Marker>();

  constructor(private readonly map: MapLibre) {
    map.on("moveend", () => this.spread());
  }

  set(ways: readonly WayMark[]): void {
    this.ways = ways;
    const workers = new Set(ways.map((way) => way.worker));
    for (const [worker, label] of this.labels) {
      if (workers.has(worker)) continue;
      label.remove();
      this.labels.delete(worker);
    }
    for (const way of ways) {
      let label = this.labels.get(way.worker);
      if (!label) {
        const element = document.createElement("div");
        element.className = "alarm-way";
        element.dataset.testid = "alarm-way";
        element.dataset.worker = way.worker;
        label = new Marker({ element, anchor: "left" }).setLngLat([...way.from]).addTo(this.map);
        this.labels.set(way.worker, label);
      } else label.setLngLat([...way.from]);
      const element = label.getElement();
      element.dataset.stale = String(way.isStale);
      if (element.textContent !== way.label) element.textContent = way.label;
    }
    this.spread();
    this.dress();
  }

  /** After each load of a style. */
  dress(): void {
    if (this.map.style) this.map.getSource<GeoJSONSource>(WAYS)?.setData(lines(this.ways) as never);
  }

  /** Each on the side that is away from the alarm; labels of people side by side stand one below the other. */
  private spread(): void {
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const taken: { x: number; y: number }[] = [];
    for (const way of [...this.ways].sort((a, b) => b.from[1] - a.from[1])) {
      const { x, y } = this.map.project([...way.from]);
      let at = y;
      for (const other of taken) {
        if (Math.abs(other.x - x) < REACH_REM * rem && at < other.y + PITCH_REM * rem && at > other.y - PITCH_REM * rem)
          at = other.y + PITCH_REM * rem;
      }
      taken.push({ x, y: at });
      const label = this.labels.get(way.worker);
      const isWest = way.from[0] < way.to[0];
      label?.setOffset([isWest ? -rem - label.getElement().offsetWidth : rem, at - y]);
    }
  }
}

export function lines(ways: readonly WayMark[]): Features {
  return {
    type: "FeatureCollection",
    features: ways.map((way) => ({
      type: "Feature",
      geometry: { type: "LineString", coordinates: [way.from, way.to] },
      properties: { stale: Number(way.isStale) },
    })),
  };
}
