import "./replayOverlay.css";
import { type GeoJSONSource, type LayerSpecification, type Map as MapLibre, Marker } from "maplibre-gl";
import type { Bounds } from "../state/areas";
import type { Place } from "../state/measure";
import type { MapOverlay } from "./alarmMarks";
import type { Feature } from "./areaFeatures";
import { type MapTheme, readTheme } from "./theme";

/** Where somebody was, at a moment of the past. */
export interface ReplayMark {
  longitude: number;
  latitude: number;
  /** Name and time, and that it is past. */
  label: string;
}

const WAY = "replay-way";
const SPOT = "replay-spot";
/** Below the trails and markers of the present, which it must not cover. */
const BELOW = "trails";
const CLOSEST_ZOOM = 16.5;

/** A replay on the wall's own map: the whole way faint, what has been walked of it strong, where the alarm was, and a mark that moves and says that it is past. */
export class ReplayOverlay implements MapOverlay {
  private map: MapLibre | null = null;
  private way: readonly Place[][] = [];
  private walked: readonly Place[][] = [];
  private marker: Marker | null = null;

  /** @param spot of the alarm; null when it came without a place */
  constructor(
    private readonly spot: Place | null,
    private readonly scale: number,
  ) {}

  add(map: MapLibre): void {
    this.marker?.remove();
    this.marker = null;
    this.map = map;
    this.dress();
  }

  dress(): void {
    const { map } = this;
    // Before a style has loaded there is nothing to stand below; it is dressed when it has.
    if (!map?.style || !map.getLayer(BELOW)) return;
    for (const id of [WAY, SPOT]) if (!map.getSource(id)) map.addSource(id, { type: "geojson", data: none() as never });
    for (const layer of layers(readTheme(), this.scale)) if (!map.getLayer(layer.id)) map.addLayer(layer, BELOW);
    this.draw();
    const { spot } = this;
    this.fill(SPOT, spot ? [{ type: "Feature", geometry: { type: "Point", coordinates: spot }, properties: {} }] : []);
  }

  remove(): void {
    this.marker?.remove();
    this.marker = null;
    const { map } = this;
    this.map = null;
    if (!map?.style) return;
    for (const { id } of layers(readTheme(), this.scale)) if (map.getLayer(id)) map.removeLayer(id);
    for (const id of [WAY, SPOT]) if (map.getSource(id)) map.removeSource(id);
  }

  setWay(way: readonly Place[][]): void {
    this.way = way;
    this.draw();
  }

  setWalked(walked: readonly Place[][]): void {
    this.walked = walked;
    this.draw();
  }

  /** @param mark null while nothing is known */
  setMark(mark: ReplayMark | null): void {
    const { map } = this;
    if (!mark || !map) {
      this.marker?.remove();
      this.marker = null;
      return;
    }
    const at: [number, number] = [mark.longitude, mark.latitude];
    if (!this.marker) this.marker = new Marker({ element: element(), anchor: "center" }).setLngLat(at).addTo(map);
    else this.marker.setLngLat(at);
    const { dataset } = this.marker.getElement();
    if (dataset.label !== mark.label) dataset.label = mark.label;
    dataset.longitude = mark.longitude.toFixed(6);
    dataset.latitude = mark.latitude.toFixed(6);
  }

  /**
   * Shows all of the way, unless it is to be seen already.
   * @param left width of what covers the map's left edge, CSS pixels @param top height of what covers its upper one
   */
  fit(left: number, top: number, ms: number): void {
    const { map } = this;
    const places = [...this.way.flat(), ...(this.spot ? [this.spot] : [])];
    if (!map || places.length === 0) return;
    const { clientWidth: width, clientHeight: height } = map.getContainer();
    const edge = 48 * this.scale;
    const padding = {
      left: Math.min(left + edge, width * 0.7),
      top: Math.min(top + edge, height * 0.6),
      right: edge,
      bottom: edge,
    };
    const isSeen = places.every((place) => {
      const { x, y } = map.project([...place]);
      return x >= padding.left && y >= padding.top && x <= width - edge && y <= height - edge;
    });
    const most = CLOSEST_ZOOM + Math.log2(this.scale);
    if (isSeen && map.getZoom() >= most - 2.5) return;
    map.fitBounds(around(places), { padding, maxZoom: most, duration: ms });
  }

  private draw(): void {
    const line = (kind: string, lines: readonly Place[][]): Feature => ({
      type: "Feature",
      geometry: { type: "MultiLineString", coordinates: lines },
      properties: { kind },
    });
    this.fill(WAY, [line("way", this.way), line("walked", this.walked)]);
  }

  private fill(source: string, features: Feature[]): void {
    const data = { type: "FeatureCollection", features };
    if (this.map?.style) this.map.getSource<GeoJSONSource>(source)?.setData(data as never);
  }
}

function element(): HTMLElement {
  const element = document.createElement("div");
  element.className = "replay-mark";
  element.dataset.testid = "replay-mark";
  // The card says the same in words, and when it changes.
  element.setAttribute("aria-hidden", "true");
  return element;
}

function layers(theme: MapTheme, scale: number): LayerSpecification[] {
  const round = { "line-join": "round", "line-cap": "round" } as const;
  const line = (id: string, kind: string, paint: object): LayerSpecification => ({
    id,
    type: "line",
    source: WAY,
    filter: ["==", ["get", "kind"], kind],
    layout: round,
    paint,
  });
  return [
    line("replay-way", "way", { "line-color": theme.track, "line-width": 1.5 * scale, "line-opacity": 0.4 }),
    line("replay-case", "walked", { "line-color": theme.halo, "line-width": 6 * scale, "line-opacity": 0.8 }),
    line("replay-walked", "walked", { "line-color": theme.replay, "line-width": 3 * scale }),
    {
      id: "replay-spot",
      type: "circle",
      source: SPOT,
      paint: {
        "circle-radius": 7 * scale,
        "circle-color": "transparent",
        "circle-stroke-color": theme.alarm,
        "circle-stroke-width": 2.5 * scale,
      },
    },
  ];
}

function around(places: readonly Place[]): Bounds {
  const [lons, lats] = [places.map(([lon]) => lon), places.map(([, lat]) => lat)];
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

const none = () => ({ type: "FeatureCollection", features: [] });
