import "maplibre-gl/dist/maplibre-gl.css";
import { type GeoJSONSource, Map as MapLibre, type MapMouseEvent, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import type { AreaNode, AreaTree, Bounds } from "../state/areas";
import { latitudeOf, longitudeOf, mercatorX, mercatorY } from "../state/mercator";
import { Mark, type Motion } from "../state/motion";
import { type Features, labels, outlines } from "./areaFeatures";
import { type MarkerScene, MarkersLayer } from "./markersLayer";
import { LABELS, labelLayers, OUTLINES, wallStyle } from "./style";
import { readTheme } from "./theme";

setWorkerUrl(workerUrl);

/** A click this far from a marker still means it, in CSS pixels at the usual text size. */
const PICK_REACH = 14;
const MAX_ZOOM = 19;

export interface WallMapEvents {
  /** The view settled somewhere else. */
  moved(center: [longitude: number, latitude: number], zoom: number, bounds: Bounds): void;
  /** A worker was clicked, or bare ground (null). */
  picked(slot: number | null): void;
  hovered(slot: number | null): void;
  /** The graphics context went away or came back. */
  context(lost: boolean): void;
}

export interface WallMapOptions {
  container: HTMLElement;
  motion: Motion;
  now(): number;
  glideSeconds(): number;
  center: [number, number] | null;
  zoom: number | null;
  events: WallMapEvents;
}

/** The map of a wall. North is up and the view flat, always: two people pointing at it mean the same direction. */
export class WallMap {
  private readonly map: MapLibre;
  private readonly scale: number;
  private theme = readTheme();
  private outlineData: Features | null = null;
  private labelData: Features | null = null;
  private focused: string | null = null;
  private selected = -1;
  private hovered = -1;
  private pointer: { x: number; y: number } | null = null;

  constructor(private readonly options: WallMapOptions) {
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    this.scale = rem / 16;
    this.map = new MapLibre({
      container: options.container,
      style: wallStyle(this.theme, this.scale),
      center: options.center ?? [112.56, 37.86],
      zoom: options.zoom ?? 11,
      maxZoom: MAX_ZOOM,
      maxPitch: 0,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      attributionControl: false,
      keyboard: false,
      fadeDuration: 0,
      renderWorldCopies: false,
      canvasContextAttributes: { antialias: false, powerPreference: "high-performance" },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.getCanvas().tabIndex = -1;
    this.map.on("style.load", () => this.dress());
    this.map.on("webglcontextlost", () => options.events.context(true));
    this.map.on("webglcontextrestored", () => {
      if (this.map.isStyleLoaded()) this.dress();
      options.events.context(false);
    });
    this.map.on("moveend", () => this.tellMoved());
    this.map.on("click", (event) => this.click(event));
    this.map.on("mousemove", (event) => {
      this.pointer = event.point;
      this.hover();
    });
    this.map.on("mouseout", () => {
      this.pointer = null;
      this.hover();
    });
  }

  setAreas(tree: AreaTree): void {
    this.outlineData = outlines(tree);
    this.fill(OUTLINES, this.outlineData);
  }

  /** @param count head counts to write under the names, when there are too many workers to draw */
  setLabels(tree: AreaTree, language: string, count: ((node: AreaNode) => string) | null): void {
    this.labelData = labels(tree, language, count);
    this.fill(LABELS, this.labelData);
  }

  /** Outlines one area. */
  setFocus(code: string | null): void {
    this.focused = code;
    if (this.map.getLayer("area-focus")) this.map.setFilter("area-focus", ["==", ["get", "code"], code ?? ""]);
  }

  setSelected(slot: number): void {
    this.options.motion.mark(this.selected, Mark.Selected, false);
    this.selected = slot;
    this.options.motion.mark(slot, Mark.Selected, true);
    this.map.triggerRepaint();
  }

  /** Asks for a new drawing; called from the page's one animation frame. */
  draw(): void {
    this.map.triggerRepaint();
  }

  fit(bounds: Bounds, animate: boolean): void {
    const padding = 40 * this.scale;
    this.map.fitBounds(bounds, { padding, duration: animate ? 250 : 0, maxZoom: 16 });
  }

  zoomBy(steps: number, animate: boolean): void {
    this.map.zoomTo(this.map.getZoom() + steps, { duration: animate ? 200 : 0 });
  }

  /** Brings a worker into the middle, no further out than a street's width. */
  goTo(slot: number, animate: boolean): void {
    const place = this.options.motion.place(slot, this.options.now(), this.options.glideSeconds());
    if (!place) return;
    this.map.easeTo({
      center: [longitudeOf(place[0]), latitudeOf(place[1])],
      zoom: Math.max(this.map.getZoom(), 14),
      duration: animate ? 250 : 0,
    });
  }

  /** Where a slot is on the page, CSS pixels from the map's corner; null when it is not on the picture or out of view. */
  project(slot: number): { x: number; y: number } | null {
    const place = this.options.motion.place(slot, this.options.now(), this.options.glideSeconds());
    if (!place) return null;
    const point = this.map.project([longitudeOf(place[0]), latitudeOf(place[1])]);
    const { clientWidth, clientHeight } = this.options.container;
    const inside = point.x >= 0 && point.y >= 0 && point.x <= clientWidth && point.y <= clientHeight;
    return inside ? { x: point.x, y: point.y } : null;
  }

  resize(): void {
    this.map.resize();
  }

  destroy(): void {
    this.map.remove();
  }

  /** Everything a style snapshot does not carry: after the first load and after a lost context alike. */
  private dress(): void {
    this.theme = readTheme();
    if (!this.map.getLayer("workers")) this.map.addLayer(this.markers());
    for (const layer of labelLayers(this.theme, this.scale)) {
      if (!this.map.getLayer(layer.id)) this.map.addLayer(layer);
    }
    if (this.outlineData) this.fill(OUTLINES, this.outlineData);
    if (this.labelData) this.fill(LABELS, this.labelData);
    this.setFocus(this.focused);
    this.tellMoved();
  }

  private markers(): MarkersLayer {
    const scene: MarkerScene = {
      motion: this.options.motion,
      now: this.options.now,
      glideSeconds: this.options.glideSeconds,
      colors: () => this.theme.markers,
      scale: () => this.scale,
    };
    return new MarkersLayer(scene);
  }

  private fill(source: string, data: Features): void {
    // Without a loaded style there is no source yet; dress() comes back to it.
    if (this.map.style) this.map.getSource<GeoJSONSource>(source)?.setData(data as never);
  }

  private tellMoved(): void {
    const center = this.map.getCenter();
    const b = this.map.getBounds();
    this.options.events.moved([center.lng, center.lat], this.map.getZoom(), [
      b.getWest(),
      b.getSouth(),
      b.getEast(),
      b.getNorth(),
    ]);
    this.hover();
  }

  private click(event: MapMouseEvent): void {
    const slot = this.slotAt(event.point);
    this.options.events.picked(slot < 0 ? null : slot);
  }

  private hover(): void {
    const slot = this.pointer ? this.slotAt(this.pointer) : -1;
    if (slot === this.hovered) return;
    this.options.motion.mark(this.hovered, Mark.Hovered, false);
    this.options.motion.mark(slot, Mark.Hovered, true);
    this.hovered = slot;
    this.map.getCanvas().style.cursor = slot < 0 ? "" : "pointer";
    this.options.events.hovered(slot < 0 ? null : slot);
    this.map.triggerRepaint();
  }

  private slotAt(point: { x: number; y: number }): number {
    const at = this.map.unproject([point.x, point.y]);
    const reach = (PICK_REACH * this.scale) / (512 * 2 ** this.map.getZoom());
    const { motion, now, glideSeconds } = this.options;
    return motion.nearest(mercatorX(at.lng), mercatorY(at.lat), reach, now(), glideSeconds());
  }
}
