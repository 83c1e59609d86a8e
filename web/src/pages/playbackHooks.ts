import type { Player, TrackState } from "../state/playback/types";

/** `window.__playback`, for browser tests and for finding out what a replay is doing: it only reads. */
export interface PlaybackHooks {
  /** Clock time, ms. */
  readonly now: number;
  readonly playing: boolean;
  readonly speed: number;
  readonly loading: boolean;
  readonly loadedUntil: number;
  /** What lies after it is not being read. */
  readonly unread: boolean;
  readonly fixes: number;
  readonly workers: number;
  readonly following: boolean;
  /** The map is drawn, with the workers on it. */
  readonly map: boolean;
  /** Areas lit on the map by who is inside at the clock's time, 0 to 1, by code. */
  readonly lights: Record<string, number>;
  /** Two while people or days stand beside each other. */
  readonly maps: number;
  /** Own times of a worker's fixes. */
  fixTimes(code: string, set?: number): number[];
  /** At the clock's time; `x` and `y` in CSS pixels from the map's corner, null when not drawn or out of view. */
  position(code: string, set?: number): PlaybackPlace | null;
}

export interface PlaybackPlace {
  row: number;
  state: TrackState;
  longitude: number;
  latitude: number;
  x: number | null;
  y: number | null;
}

declare global {
  interface Window {
    __playback?: PlaybackHooks;
  }
}

export interface PlaybackPageHooks {
  project(row: number): { x: number; y: number } | null;
  following(): boolean;
  drawn(): boolean;
  maps(): number;
  lights(): Record<string, number>;
}

export function exposePlayback(player: Player, page: PlaybackPageHooks): void {
  window.__playback = {
    get now() {
      return player.clock.now;
    },
    get playing() {
      return player.clock.playing;
    },
    get speed() {
      return player.clock.speed;
    },
    get loading() {
      return player.loading;
    },
    get loadedUntil() {
      return player.book.loadedUntil;
    },
    get unread() {
      return player.book.isUnread;
    },
    get fixes() {
      return player.book.fixes;
    },
    get workers() {
      return player.book.tracks.length;
    },
    get following() {
      return page.following();
    },
    get map() {
      return page.drawn();
    },
    get lights() {
      return page.lights();
    },
    get maps() {
      return page.maps();
    },
    fixTimes(code, set = 0) {
      const track = player.book.find(set, code);
      return track ? [...track.at.subarray(0, track.length)] : [];
    },
    position(code, set = 0) {
      const track = player.book.find(set, code);
      if (!track) return null;
      const { state, longitude, latitude } = player.positionOf(track.row);
      const at = page.project(track.row);
      return { row: track.row, state, longitude, latitude, x: at?.x ?? null, y: at?.y ?? null };
    },
  };
}

export function hidePlayback(): void {
  delete window.__playback;
}
