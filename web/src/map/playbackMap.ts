import type { Bounds } from "../state/areas";
import { spacing } from "../state/declutter";
import type { TrackPlayer } from "../state/playback/player";
import type { Scene } from "../state/playback/scene";
import type { AreaShape, FixView } from "../state/playback/types";
import { MOST_TINTS } from "./markerShader";
import { PlaybackOverlay, type ShownStop, type ShownTrack } from "./playbackOverlay";
import { parseHex } from "./theme";
import { WallMap, type WallMapEvents } from "./wallMap";

export interface PlaybackMapOptions {
  container: HTMLElement;
  player: TrackPlayer;
  /** A picture of its own beside the main one; the main map runs the player. */
  scene?: Scene;
  /** The ground's bounds: markers are as small as so many there need. */
  whole: Bounds | null;
  center: [number, number] | null;
  zoom: number | null;
  language: string;
  /** As on the wall; slots are rows of the book. `moved` is told at most twice a second while the map follows. */
  events: WallMapEvents;
  /** After each picture that moved, for what the page draws itself; keep it short. */
  drawn?(): void;
}

/** How often the page hears that a map that follows somebody has moved. */
const MOVED_EVERY_MS = 500;

/**
 * The wall's map drawing from a player, with whole tracks, stops and lit areas. It runs the player: one animation frame moves the clock,
 * everybody, and the picture, and draws nothing while nothing moves.
 */
export class PlaybackMap extends WallMap {
  private readonly overlay: PlaybackOverlay;
  private readonly palette: { tints: number[][] };
  private request = 0;
  private pictures = 0;

  constructor(private readonly playback: PlaybackMapOptions) {
    const { player, whole, events } = playback;
    const scene = playback.scene ?? player.main;
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    const overlay = new PlaybackOverlay(player, rem / 16);
    const palette = { tints: [] as number[][] };
    let movedAt = Number.NEGATIVE_INFINITY;
    super({
      container: playback.container,
      motion: scene.stage,
      trails: scene.trails,
      now: () => player.clock.now / 1000,
      glideSeconds: () => 0,
      trailGlideSeconds: () => -1,
      tints: () => palette.tints,
      dress: (map, below, theme) => overlay.dress(map, below, theme),
      spacing: () => spacing(whole, scene.stage.drawn),
      center: playback.center,
      zoom: playback.zoom,
      language: playback.language,
      interactive: true,
      events: {
        ...events,
        moved: (...view) => {
          const now = performance.now();
          if (player.clock.playing && now - movedAt < MOVED_EVERY_MS) return;
          movedAt = now;
          events.moved(...view);
        },
      },
    });
    this.overlay = overlay;
    this.palette = palette;
    this.request = requestAnimationFrame(this.frame);
  }

  /** Pictures that moved so far, for tests and support. */
  get frames(): number {
    return this.pictures;
  }

  /**
   * Colours for rows: number n of the palette (#rrggbb, at most 8) is chosen by `tintOf(row) = n`, counted from 1; 0 is the colour of
   * presence. Called again for all rows when more come.
   */
  setColors(palette: readonly string[], tintOf: (row: number) => number): void {
    this.setPalette(palette);
    this.playback.player.setTints(tintOf);
  }

  /** The colours alone, of a map beside another that has chosen them for everybody. */
  setPalette(palette: readonly string[]): void {
    this.palette.tints = palette.slice(0, MOST_TINTS).map(parseHex);
  }

  /** Whole tracks, drawn anew while more comes. */
  setTracks(tracks: readonly ShownTrack[]): void {
    this.overlay.setTracks(tracks);
  }

  setStops(stops: readonly ShownStop[]): void {
    this.overlay.setStops(stops);
  }

  /** The fix under the pointer with its accuracy ring; null: none. */
  setFix(fix: FixView | null): void {
    this.overlay.setFix(fix);
  }

  /** Areas that are lit by who is inside. */
  setAreas(areas: readonly AreaShape[], holders: ReadonlySet<string> = new Set()): void {
    this.overlay.setAreas(areas, holders);
    this.playback.player.setAreas(areas);
  }

  /** What {@link setAreas} lights now: see there, for tests and support. */
  get lights(): Record<string, number> {
    return this.overlay.lights;
  }

  /** Both maps look at the same ground from now on. @returns ends it */
  link(other: PlaybackMap): () => void {
    let isEcho = false;
    const following = (from: PlaybackMap, to: PlaybackMap) => {
      const move = () => {
        if (isEcho) return;
        isEcho = true;
        to.map.jumpTo({ center: from.map.getCenter(), zoom: from.map.getZoom() });
        isEcho = false;
      };
      from.map.on("move", move);
      return () => from.map.off("move", move);
    };
    other.map.jumpTo({ center: this.map.getCenter(), zoom: this.map.getZoom() });
    const stops = [following(this, other), following(other, this)];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** What the map is called to those who hear the page: two must not have one name. */
  setName(name: string): void {
    this.map.getCanvas().setAttribute("aria-label", name);
  }

  /** The picture as it stands, as PNG. */
  still(): Promise<Blob | null> {
    return new Promise((resolve) => {
      // The drawing is only there until the frame ends.
      this.map.once("render", () => this.map.getCanvas().toBlob(resolve, "image/png"));
      this.map.triggerRepaint();
    });
  }

  override destroy(): void {
    cancelAnimationFrame(this.request);
    super.destroy();
  }

  private readonly frame = (at: number): void => {
    this.request = requestAnimationFrame(this.frame);
    const { player, scene } = this.playback;
    const moved = scene ? scene.update(player.book, player.clock.now, player.settings) : player.frame(at);
    this.overlay.step(at);
    if (!moved) return;
    this.pictures++;
    this.draw();
    this.playback.drawn?.();
  };
}
