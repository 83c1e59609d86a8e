import type { GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import type { Bounds } from "../state/areas";
import { MarkerRows } from "../state/markerRows";
import type { Place } from "../state/measure";
import { SegmentRing } from "../state/segmentRing";
import type { CoverageHeat } from "./coverageHeat";
import type { MapTheme } from "./theme";
import { WallMap } from "./wallMap";

const SQUARE = "coverage-square";
const SMALLEST_RING = 1;

export interface CoverageMapOptions {
  container: HTMLElement;
  heat: CoverageHeat;
  center: Place;
  zoom: number | null;
  language: string;
  /** The view settled somewhere else. */
  moved(center: [longitude: number, latitude: number], zoom: number, bounds: Bounds): void;
  clicked(at: Place): void;
  /** The graphics context went away or came back. */
  context(lost: boolean): void;
}

/** The wall's map with squares in the place of people: it has neither markers nor trails. */
export class CoverageMap extends WallMap {
  private ring: readonly Place[] = [];

  constructor(coverage: CoverageMapOptions) {
    const { heat, center } = coverage;
    const motion = new MarkerRows(center[0], center[1]);
    super({
      container: coverage.container,
      motion,
      trails: {
        segments: new SegmentRing(SMALLEST_RING),
        seconds: 1,
        originX: motion.originX,
        originY: motion.originY,
        relative: (seconds) => seconds,
      },
      now: () => 0,
      glideSeconds: () => 0,
      dress: (map, below, theme) => {
        heat.dress(map, below);
        this.dressSquare(map, below, theme);
      },
      spacing: () => 1,
      center: [center[0], center[1]],
      zoom: coverage.zoom,
      language: coverage.language,
      interactive: true,
      events: {
        moved: coverage.moved,
        context: coverage.context,
        picked: () => {},
        hovered: () => {},
        followEnded: () => {},
        placed: () => {},
      },
    });
    this.map.on("click", (event) => coverage.clicked([event.lngLat.lng, event.lngLat.lat]));
    this.map.getCanvas().style.cursor = "crosshair";
  }

  /** Outlines a square by its corners; none with an empty ring. */
  setSquare(ring: readonly Place[]): void {
    this.ring = ring;
    if (this.map.style) this.map.getSource<GeoJSONSource>(SQUARE)?.setData(squareOf(ring) as never);
  }

  get middle(): Place {
    const { lng, lat } = this.map.getCenter();
    return [lng, lat];
  }

  /** Brings a place into the middle, near enough that a square can be told from the next. */
  look(at: Place, zoom: number, animate: boolean): void {
    this.map.easeTo({
      center: [at[0], at[1]],
      zoom: Math.max(this.map.getZoom(), zoom + Math.log2(this.scale)),
      duration: animate ? 250 : 0,
    });
  }

  private dressSquare(map: MapLibre, below: string, theme: MapTheme): void {
    if (map.getSource(SQUARE)) return;
    map.addSource(SQUARE, { type: "geojson", data: squareOf(this.ring) as never });
    const line = { type: "line", source: SQUARE, layout: { "line-join": "round" } } as const;
    map.addLayer(
      { ...line, id: "coverage-square-halo", paint: { "line-color": theme.halo, "line-width": 5 * this.scale } },
      below,
    );
    map.addLayer(
      { ...line, id: "coverage-square", paint: { "line-color": theme.ink, "line-width": 2 * this.scale } },
      below,
    );
  }
}

const squareOf = (ring: readonly Place[]) => ({
  type: "FeatureCollection",
  features: ring.length
    ? [{ type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [ring] } }]
    : [],
});
