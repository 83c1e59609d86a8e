import type { GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import type { Squares } from "../state/assessment/squares";
import { MarkerRows } from "../state/markerRows";
import type { Place } from "../state/measure";
import { SegmentRing } from "../state/segmentRing";
import { WallMap } from "./wallMap";

const SQUARES = "evidence-squares";
const FILL = "evidence-squares-fill";
const NOTHING: Squares = { type: "FeatureCollection", features: [] };

declare global {
  interface Window {
    /** For browser tests: how many runs of squares the map was given. It only reads. */
    __squares?: { shown(): number };
  }
}

export interface SquaresMapOptions {
  container: HTMLElement;
  center: Place;
  language: string;
  /** A square was clicked, or bare ground (null). */
  chosen(square: { visited: number; due: number } | null): void;
  /** The graphics context went away or came back. */
  context(lost: boolean): void;
}

/** The wall's map with the squares behind a number in the place of people. */
export class SquaresMap extends WallMap {
  private squares: Squares = NOTHING;

  constructor(options: SquaresMapOptions) {
    const { center } = options;
    const motion = new MarkerRows(center[0], center[1]);
    super({
      container: options.container,
      motion,
      trails: {
        segments: new SegmentRing(1),
        seconds: 1,
        originX: motion.originX,
        originY: motion.originY,
        relative: (seconds) => seconds,
      },
      now: () => 0,
      glideSeconds: () => 0,
      dress: (map, below) => this.dressSquares(map, below),
      spacing: () => 1,
      center: [center[0], center[1]],
      zoom: null,
      language: options.language,
      interactive: true,
      events: {
        moved: () => {},
        context: options.context,
        picked: () => {},
        hovered: () => {},
        followEnded: () => {},
        placed: () => {},
      },
    });
    this.map.on("click", (event) => {
      if (!this.map.getLayer(FILL)) return;
      const found = this.map.queryRenderedFeatures(event.point, { layers: [FILL] })[0]?.properties;
      options.chosen(found ? { visited: Number(found.visited), due: Number(found.due) } : null);
    });
  }

  /** How many runs of squares are on the map. */
  get shown(): number {
    return this.map.style?.loaded() === true && this.map.getLayer(FILL) ? this.squares.features.length : 0;
  }

  setSquares(squares: Squares): void {
    this.squares = squares;
    if (this.map.style) this.map.getSource<GeoJSONSource>(SQUARES)?.setData(squares as never);
  }

  private dressSquares(map: MapLibre, below: string): void {
    if (map.getSource(SQUARES)) return;
    const style = getComputedStyle(document.documentElement);
    const [accent, stale] = ["--accent", "--stale"].map((name) => style.getPropertyValue(name).trim());
    const color = ["case", [">", ["get", "visited"], 0], accent, stale];
    // Names and borders stay above them.
    const under = map.getStyle().layers.find(({ id }) => id.startsWith("area-border-"))?.id ?? below;
    map.addSource(SQUARES, { type: "geojson", data: this.squares as never });
    map.addLayer(
      {
        id: FILL,
        type: "fill",
        source: SQUARES,
        paint: {
          "fill-color": color as never,
          "fill-opacity": [
            "case",
            ["<=", ["get", "visited"], 0],
            0.16,
            ["<", ["get", "visited"], ["get", "due"]],
            0.32,
            0.72,
          ],
        },
      },
      under,
    );
    map.addLayer(
      {
        id: SQUARES,
        type: "line",
        source: SQUARES,
        paint: { "line-color": color as never, "line-width": this.scale, "line-opacity": 0.8 },
      },
      under,
    );
  }
}
