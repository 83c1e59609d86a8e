import type { GeoJSONSource, LayerSpecification, Map as MapLibre } from "maplibre-gl";
import { circle, linesOf } from "../state/playback/lines";
import type { TrackPlayer } from "../state/playback/player";
import type { AreaShape, FixView } from "../state/playback/types";
import type { Feature, Features } from "./areaFeatures";
import { AREAS } from "./style";
import type { MapTheme } from "./theme";

/** A track drawn whole. */
export interface ShownTrack {
  row: number;
  /** CSS colour #rrggbb. */
  color: string;
}

export interface ShownStop {
  longitude: number;
  latitude: number;
  color: string;
  /** For hover and click; -1 for none. */
  id: number;
}

const TRACKS = "playback-tracks";
const STOPS = "playback-stops";
const FIX = "playback-fix";
const LIT = "playback-lit";
/** With so few heads in the fullest area it is not lit fully: one person is no crowd. */
const FULL = 8;
/** While more comes the lines are drawn anew at most so often. */
const LINES_EVERY_MS = 500;

/** What playback draws below the markers: whole tracks, stops, the fix under the pointer with its accuracy, and areas with somebody in them. */
export class PlaybackOverlay {
  private map: MapLibre | null = null;
  private tracks: readonly ShownTrack[] = [];
  private stops: readonly ShownStop[] = [];
  private fix: FixView | null = null;
  private ids = new Map<string, number>();
  private lit = new Map<string, number>();
  private counts: ReadonlyMap<string, number> | null = null;
  private linesOfVersion = -1;
  private linesAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly player: TrackPlayer,
    private readonly scale: number,
  ) {}

  /** After each load of a style, which carries none of it. */
  dress(map: MapLibre, below: string, theme: MapTheme): void {
    this.map = map;
    for (const id of [TRACKS, STOPS, FIX]) {
      if (!map.getSource(id)) map.addSource(id, { type: "geojson", data: empty() as never });
    }
    for (const layer of layers(theme, this.scale)) if (!map.getLayer(layer.id)) map.addLayer(layer, below);
    this.drawTracks();
    this.drawStops();
    this.drawFix();
    this.lit.clear();
    this.light(this.counts ?? new Map());
  }

  setTracks(tracks: readonly ShownTrack[]): void {
    this.tracks = tracks;
    this.drawTracks();
  }

  setStops(stops: readonly ShownStop[]): void {
    this.stops = stops;
    this.drawStops();
  }

  setFix(fix: FixView | null): void {
    this.fix = fix;
    this.drawFix();
  }

  /** Those with others of them inside are not lit: lights over lights would drown the people. */
  setAreas(areas: readonly AreaShape[], holders: ReadonlySet<string>): void {
    this.light(new Map());
    this.ids = new Map(areas.filter((area) => !holders.has(area.code)).map((area) => [area.code, area.id]));
  }

  /** Once a frame: takes over what the player has found out. */
  step(wallMs: number): void {
    const { version } = this.player.book;
    if (this.tracks.length > 0 && version !== this.linesOfVersion && wallMs - this.linesAt > LINES_EVERY_MS) {
      this.linesAt = wallMs;
      this.drawTracks();
    }
    if (this.player.areaCounts !== this.counts) this.light(this.player.areaCounts);
  }

  /** Only areas whose light changes are touched. */
  private light(counts: ReadonlyMap<string, number>): void {
    this.counts = counts;
    if (!this.map?.getSource(AREAS)) return;
    let most = FULL;
    for (const code of this.ids.keys()) most = Math.max(most, counts.get(code) ?? 0);
    for (const [code, id] of this.ids) {
      // In tenths, so that one head more in the fullest area does not touch them all.
      const next = Math.round(((counts.get(code) ?? 0) / most) * 10) / 10;
      if ((this.lit.get(code) ?? 0) === next) continue;
      this.lit.set(code, next);
      this.map.setFeatureState({ source: AREAS, sourceLayer: "areas", id }, { lit: next });
    }
  }

  /** How brightly each area is lit that is, 0 to 1, by code. */
  get lights(): Record<string, number> {
    return Object.fromEntries([...this.lit].filter(([, light]) => light > 0));
  }

  private drawTracks(): void {
    const { book } = this.player;
    this.linesOfVersion = book.version;
    const features: Feature[] = [];
    for (const { row, color } of this.tracks) {
      if (!book.tracks[row]) continue;
      const { solid, gaps } = linesOf(book.drawn(row));
      const add = (kind: string, coordinates: unknown) => {
        if ((coordinates as unknown[]).length === 0) return;
        features.push({
          type: "Feature",
          geometry: { type: "MultiLineString", coordinates },
          properties: { kind, color },
        });
      };
      add("track", solid);
      add("gap", gaps);
    }
    this.fill(TRACKS, features);
  }

  private drawStops(): void {
    this.fill(
      STOPS,
      this.stops.map(({ longitude, latitude, color, id }) => ({
        type: "Feature",
        geometry: { type: "Point", coordinates: [longitude, latitude] },
        properties: { color, id },
      })),
    );
  }

  private drawFix(): void {
    const features: Feature[] = [];
    if (this.fix) {
      const { longitude, latitude, accuracyMeters } = this.fix;
      const add = (type: string, coordinates: unknown) =>
        features.push({ type: "Feature", geometry: { type, coordinates }, properties: {} });
      add("Point", [longitude, latitude]);
      if (accuracyMeters !== null) add("Polygon", [circle(longitude, latitude, accuracyMeters)]);
    }
    this.fill(FIX, features);
  }

  private fill(source: string, features: Feature[]): void {
    const data: Features = { type: "FeatureCollection", features };
    if (this.map?.style) this.map.getSource<GeoJSONSource>(source)?.setData(data as never);
  }
}

function layers(theme: MapTheme, scale: number): LayerSpecification[] {
  const round = { "line-join": "round", "line-cap": "round" } as const;
  return [
    {
      id: LIT,
      type: "fill",
      source: AREAS,
      "source-layer": "areas",
      paint: {
        "fill-color": theme.areaFocus,
        "fill-opacity": ["*", 0.3, ["coalesce", ["feature-state", "lit"], 0]],
        "fill-antialias": false,
      },
    },
    {
      id: "playback-track-case",
      type: "line",
      source: TRACKS,
      filter: ["==", ["get", "kind"], "track"],
      layout: round,
      paint: { "line-color": theme.halo, "line-width": 5 * scale, "line-opacity": 0.7 },
    },
    {
      id: "playback-track",
      type: "line",
      source: TRACKS,
      filter: ["==", ["get", "kind"], "track"],
      layout: round,
      paint: { "line-color": ["get", "color"], "line-width": 2.2 * scale, "line-opacity": 0.8 },
    },
    {
      id: "playback-gap",
      type: "line",
      source: TRACKS,
      filter: ["==", ["get", "kind"], "gap"],
      paint: { "line-color": theme.dim, "line-width": 1.5 * scale, "line-dasharray": [1, 3], "line-opacity": 0.7 },
    },
    {
      id: STOPS,
      type: "circle",
      source: STOPS,
      paint: {
        "circle-radius": 5 * scale,
        "circle-color": ["get", "color"],
        "circle-stroke-color": theme.halo,
        "circle-stroke-width": 2 * scale,
      },
    },
    {
      id: "playback-accuracy",
      type: "fill",
      source: FIX,
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": theme.areaFocus, "fill-opacity": 0.18, "fill-outline-color": theme.areaFocus },
    },
    {
      id: "playback-fix",
      type: "circle",
      source: FIX,
      filter: ["==", ["geometry-type"], "Point"],
      paint: {
        "circle-radius": 3.5 * scale,
        "circle-color": theme.ink,
        "circle-stroke-color": theme.halo,
        "circle-stroke-width": 1.5 * scale,
      },
    },
  ];
}

const empty = (): Features => ({ type: "FeatureCollection", features: [] });
