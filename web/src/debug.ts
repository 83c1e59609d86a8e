import { presenceNames } from "./state/records";
import type { Wall } from "./wall";

/**
 * `window.__wall`, for browser tests and for finding out what a wall is doing: it only reads. Positions come from the state
 * (the newest fix), `x` and `y` from the map (CSS pixels from the map's corner, null when out of view).
 */
export interface WallHooks {
  /** Workers on the picture now. */
  readonly workers: number;
  readonly tick: number | null;
  readonly epoch: string | null;
  readonly connection: string;
  readonly damaged: number;
  /** Workers with a trail. */
  readonly walkers: number;
  /** True while the camera keeps the chosen worker in the middle. */
  readonly following: boolean;
  readonly map: MapHook | null;
  readonly alarms: AlarmsHook;
  position(code: string): WorkerHook | null;
}

export interface WorkerHook {
  slot: number;
  longitude: number;
  latitude: number;
  presence: string;
  fixAt: number;
  x: number | null;
  y: number | null;
}

declare global {
  interface Window {
    __wall?: WallHooks;
  }
}

/** What only the map and the page can tell. */
export interface PageHooks {
  project(slot: number): { x: number; y: number } | null;
  map(): MapHook | null;
  following(): boolean;
  alarms(): AlarmsHook;
}

export interface AlarmsHook {
  open: number;
  /** Of these nobody has acknowledged. */
  raised: number;
  /** waiting, open or lost. */
  lane: string;
  /** on, off, stuck, unsupported or muted. */
  sound: string;
}

export interface MapHook {
  /** Id of the basemap drawn; null on bare ground. */
  basemap: string | null;
  loaded: boolean;
  layers: number;
  /** The workers' own layer is on the map. */
  markers: boolean;
}

export function exposeWall(wall: Wall, page: PageHooks): void {
  window.__wall = {
    get workers() {
      return wall.workers.shown;
    },
    get tick() {
      return wall.tick;
    },
    get epoch() {
      return wall.epoch;
    },
    get connection() {
      return wall.linkState;
    },
    get damaged() {
      return wall.workers.damaged;
    },
    get walkers() {
      return wall.trails.walkers;
    },
    get following() {
      return page.following();
    },
    get map() {
      return page.map();
    },
    get alarms() {
      return page.alarms();
    },
    position(code) {
      const { workers } = wall;
      const slot = workers.slotOf(code);
      if (slot === undefined || !workers.isShown(slot)) return null;
      const at = page.project(slot);
      return {
        slot,
        longitude: workers.longitudeE7[slot] / 1e7,
        latitude: workers.latitudeE7[slot] / 1e7,
        presence: presenceNames[workers.presence(slot)],
        fixAt: workers.fixAt[slot],
        x: at?.x ?? null,
        y: at?.y ?? null,
      };
    },
  };
}

export function hideWall(): void {
  delete window.__wall;
}
