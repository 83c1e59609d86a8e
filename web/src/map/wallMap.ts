import "maplibre-gl/dist/maplibre-gl.css";
import { type GeoJSONSource, Map as MapLibre, type MapMouseEvent, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import type { AreaNode, AreaTree, Bounds } from "../state/areas";
import type { TrackLines } from "../state/dayTrack";
import { isFarOut, markerRadius } from "../state/declutter";
import { allLayers, hasBit, type Layers } from "../state/layers";
import { Mark, type MarkerRows } from "../state/markerRows";
import type { Place } from "../state/measure";
import { latitudeOf, longitudeOf, mercatorX, mercatorY } from "../state/mercator";
import { type BasemapInfo, Presence } from "../wire/contracts.gen";
import { AlarmMarks } from "./alarmMarks";
import { type Features, labels } from "./areaFeatures";
import { Follower } from "./follower";
import { MarkersLayer } from "./markersLayer";
import { RULER, rulerFeatures, TRACK, trackFeatures } from "./overlays";
import { prepareBasemap } from "./protocols";
import { ABOVE_MARKERS, LABELS, wallStyle } from "./style";
import { type MapTheme, readTheme } from "./theme";
import { type TrailPieces, TrailsLayer } from "./trailsLayer";

setWorkerUrl(workerUrl);

/** A click this far from a marker still means it, in CSS pixels at the usual text size; a finger is wider than a pointer. */
const PICK_REACH = 14;
const TOUCH_REACH = 24;
const MAX_ZOOM = 19;
/** Tiles kept beyond the view, by source: a kiosk that cycles for weeks must not gather them. */
const MOST_TILES = 48;

export interface WallMapEvents {
  /** The view settled somewhere else. */
  moved(center: [longitude: number, latitude: number], zoom: number, bounds: Bounds): void;
  /** A worker was clicked, or bare ground (null). */
  picked(slot: number | null): void;
  hovered(slot: number | null): void;
  /** The graphics context went away or came back. */
  context(lost: boolean): void;
  /** Someone took the map in hand while it followed a worker. */
  followEnded(): void;
  /** A point was set while measuring. */
  placed(at: Place): void;
  /** An alarm's mark was clicked. */
  alarmPicked?(id: string): void;
}

export interface WallMapOptions {
  container: HTMLElement;
  motion: MarkerRows;
  trails: TrailPieces;
  now(): number;
  glideSeconds(): number;
  /** Negative: trails grow in their own time; else as long as markers glide. */
  trailGlideSeconds?(): number;
  /** Colours that rows and trails may choose by number. */
  tints?(): readonly (readonly number[])[];
  /** Adds what a style does not carry, below the markers, after each load of a style. */
  dress?(map: MapLibre, below: string, theme: MapTheme): void;
  /** World units between neighbouring workers, see declutter.ts. */
  spacing(): number;
  center: [number, number] | null;
  zoom: number | null;
  language: string;
  /** False on a wall nobody stands at: a stray touch must not move its view. */
  interactive: boolean;
  events: WallMapEvents;
}

/** The map of a wall. North is up and the view flat, always: two people pointing at it mean the same direction. */
export class WallMap {
  readonly scale: number;
  readonly alarms: AlarmMarks;
  protected readonly map: MapLibre;
  private readonly follower: Follower;
  private theme = readTheme();
  private language: string;
  private basemap: BasemapInfo | null = null;
  private layers: Layers = allLayers();
  private labelData: Features | null = null;
  private track: TrackLines | null = null;
  private ruler: readonly Place[] | null = null;
  private focused: string | null = null;
  private selected = -1;
  private hovered = -1;
  private pointer: { x: number; y: number } | null = null;
  private restyle = 0;

  constructor(private readonly options: WallMapOptions) {
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    this.scale = rem / 16;
    this.language = options.language;
    this.map = new MapLibre({
      container: options.container,
      style: this.style(),
      center: options.center ?? [112.56, 37.86],
      zoom: options.zoom ?? 11,
      maxZoom: MAX_ZOOM,
      interactive: options.interactive,
      maxPitch: 0,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      attributionControl: false,
      keyboard: false,
      fadeDuration: 0,
      renderWorldCopies: false,
      maxTileCacheSize: MOST_TILES,
      canvasContextAttributes: { antialias: false, powerPreference: "high-performance" },
    });
    this.follower = new Follower(this.map, options);
    this.alarms = new AlarmMarks(this.map, options.interactive ? (id) => options.events.alarmPicked?.(id) : null);
    this.map.touchZoomRotate.disableRotation();
    this.map.getCanvas().tabIndex = -1;
    this.listen();
  }

  private listen(): void {
    const { map, options } = this;
    map.on("style.load", () => this.dress());
    map.on("webglcontextlost", () => options.events.context(true));
    map.on("webglcontextrestored", () => {
      if (map.isStyleLoaded()) this.dress();
      options.events.context(false);
    });
    map.on("moveend", () => this.tellMoved());
    map.on("dragstart", () => {
      if (this.follower.stop()) options.events.followEnded();
    });
    map.on("click", (event) => this.click(event));
    map.on("mousemove", (event) => {
      this.pointer = event.point;
      if (this.ruler) this.drawRuler([event.lngLat.lng, event.lngLat.lat]);
      this.hover();
    });
    map.on("mouseout", () => {
      this.pointer = null;
      if (this.ruler) this.drawRuler(null);
      this.hover();
    });
    // A tile that does not come leaves its ground bare; the next look asks again. Everything else is a fault to be seen.
    map.on("error", (event) => {
      if (!("tile" in event) && !("sourceId" in event)) console.warn(event.error?.message);
    });
  }

  setLanguage(language: string): void {
    this.language = language;
    this.redress();
  }

  /** After the page's colours changed. */
  setTheme(): void {
    this.redress();
  }

  /** Asks again for everything the ground did not get while the server was away. */
  refetch(): void {
    this.redress();
  }

  /** @param basemap null for bare ground */
  async setBasemap(basemap: BasemapInfo | null): Promise<void> {
    if (basemap?.id === this.basemap?.id) return;
    if (basemap) await prepareBasemap(basemap);
    this.basemap = basemap;
    this.redress();
  }

  setLayers(layers: Layers): void {
    const before = this.layers;
    this.layers = layers;
    this.options.motion.shownRoles = layers.roles;
    this.options.motion.shownStates = layers.states;
    const sameStyle =
      before.names === layers.names && before.counts === layers.counts && before.borders === layers.borders;
    if (!sameStyle) this.redress();
    this.map.triggerRepaint();
  }

  /** @param count head counts to write under the names */
  setLabels(tree: AreaTree, count: ((node: AreaNode) => string) | null): void {
    this.labelData = labels(tree, this.language, count);
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

  setTrack(track: TrackLines | null): void {
    this.track = track;
    this.fill(TRACK, trackFeatures(track));
  }

  /** Points of the line being measured; null ends measuring. */
  setRuler(points: readonly Place[] | null): void {
    this.ruler = points;
    this.map.getCanvas().style.cursor = points ? "crosshair" : "";
    if (points) this.map.doubleClickZoom.disable();
    else this.map.doubleClickZoom.enable();
    this.drawRuler(null);
  }

  /** Keeps a worker in the middle until stopped or dragged away; -1 stops. */
  follow(slot: number): void {
    this.follower.start(slot);
  }

  /** Asks for a new drawing; called from the page's one animation frame. */
  draw(): void {
    this.follower.step();
    this.map.triggerRepaint();
  }

  fit(bounds: Bounds, animate: boolean, duration = 250): void {
    const padding = 40 * this.scale;
    this.map.fitBounds(bounds, { padding, duration: animate ? duration : 0, maxZoom: 16 });
  }

  /** Takes up a view from the address. */
  jump(center: [number, number], zoom: number): void {
    this.map.jumpTo({ center, zoom });
  }

  zoomBy(steps: number, animate: boolean): void {
    this.map.zoomTo(this.map.getZoom() + steps, { duration: animate ? 200 : 0 });
  }

  panBy(x: number, y: number, animate: boolean): void {
    if (this.follower.stop()) this.options.events.followEnded();
    this.map.panBy([x, y], { duration: animate ? 150 : 0 });
  }

  /** Brings a worker into the middle, no further out than a street's width. */
  goTo(slot: number, animate: boolean): void {
    const place = this.options.motion.place(slot, this.options.now(), this.options.glideSeconds());
    if (!place) return;
    this.map.easeTo({
      center: [longitudeOf(place[0]), latitudeOf(place[1])],
      zoom: Math.max(this.map.getZoom(), 14.5 + Math.log2(this.scale)),
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

  get zoom(): number {
    return this.map.getZoom();
  }

  /** For tests and support: the basemap drawn, and whether all of the map's tiles are there. */
  get state(): { basemap: string | null; loaded: boolean; layers: number; markers: boolean } {
    return {
      basemap: this.basemap?.id ?? null,
      loaded: this.map.areTilesLoaded(),
      layers: this.map.getStyle()?.layers.length ?? 0,
      markers: this.map.style?.loaded() === true && this.map.getLayer("workers") !== undefined,
    };
  }

  resize(): void {
    this.map.resize();
  }

  destroy(): void {
    cancelAnimationFrame(this.restyle);
    this.map.remove();
  }

  private style() {
    return wallStyle({
      theme: this.theme,
      scale: this.scale,
      shift: Math.log2(this.scale),
      language: this.language,
      basemap: this.basemap,
      layers: this.layers,
      areaTiles: `${location.origin}/api/areas/tiles/{z}/{x}/{y}`,
    });
  }

  /** Several changes of one moment make one new style. */
  private redress(): void {
    cancelAnimationFrame(this.restyle);
    this.restyle = requestAnimationFrame(() => {
      this.theme = readTheme();
      this.map.setStyle(this.style(), { diff: false });
    });
  }

  /** Everything a style snapshot does not carry: after each load of a style and after a lost context alike. */
  private dress(): void {
    const { options } = this;
    options.dress?.(this.map, ABOVE_MARKERS, this.theme);
    if (!this.map.getLayer("trails")) this.map.addLayer(this.trailsLayer(), ABOVE_MARKERS);
    if (!this.map.getLayer("workers")) {
      const scene = {
        motion: options.motion,
        now: options.now,
        glideSeconds: options.glideSeconds,
        colors: () => ({ ...this.theme.markers, tints: options.tints?.() }),
        radius: (zoom: number) => markerRadius(zoom, this.scale, options.spacing()),
        calm: (zoom: number) => (isFarOut(zoom, this.scale, options.spacing()) ? 0.4 : 1),
      };
      this.map.addLayer(new MarkersLayer(scene), ABOVE_MARKERS);
    }
    if (this.labelData) this.fill(LABELS, this.labelData);
    this.fill(TRACK, trackFeatures(this.track));
    this.alarms.dress();
    this.drawRuler(null);
    this.setFocus(this.focused);
    this.tellMoved();
  }

  private trailsLayer(): TrailsLayer {
    const { options } = this;
    return new TrailsLayer({
      trails: options.trails,
      now: options.now,
      glideSeconds: options.trailGlideSeconds ?? options.glideSeconds,
      colors: () => [this.theme.markers.presence[5], ...(options.tints?.() ?? [])],
      roles: () => (this.layers.trails && hasBit(this.layers.states, Presence.moving) ? this.layers.roles : 0),
      pen: (zoom) => {
        const radius = markerRadius(zoom, this.scale, options.spacing());
        const strength = isFarOut(zoom, this.scale, options.spacing()) ? 0.25 : 0.6;
        return { width: Math.max(1, Math.min(2.5 * this.scale, radius * 0.45)), strength };
      },
    });
  }

  private drawRuler(pointer: Place | null): void {
    this.fill(RULER, rulerFeatures(this.ruler ?? [], this.ruler?.length ? pointer : null));
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
    if (this.ruler) {
      this.options.events.placed([event.lngLat.lng, event.lngLat.lat]);
      return;
    }
    const isTouch = (event.originalEvent as PointerEvent).pointerType === "touch";
    const slot = this.slotAt(event.point, isTouch ? TOUCH_REACH : PICK_REACH);
    this.options.events.picked(slot < 0 ? null : slot);
  }

  private hover(): void {
    const slot = this.pointer && !this.ruler ? this.slotAt(this.pointer, PICK_REACH) : -1;
    if (slot === this.hovered) return;
    this.options.motion.mark(this.hovered, Mark.Hovered, false);
    this.options.motion.mark(slot, Mark.Hovered, true);
    this.hovered = slot;
    if (!this.ruler) this.map.getCanvas().style.cursor = slot < 0 ? "" : "pointer";
    this.options.events.hovered(slot < 0 ? null : slot);
    this.map.triggerRepaint();
  }

  private slotAt(point: { x: number; y: number }, pixels: number): number {
    const at = this.map.unproject([point.x, point.y]);
    const reach = (pixels * this.scale) / (512 * 2 ** this.map.getZoom());
    const { motion, now, glideSeconds } = this.options;
    return motion.nearest(mercatorX(at.lng), mercatorY(at.lat), reach, now(), glideSeconds());
  }
}
