import type { WallAlarm } from "../wire/contracts.gen";
import { type AreaNode, type AreaTree, nameOf } from "./areas";
import type { WorkerStore } from "./workers";

export interface AlarmArea {
  /** place: its position lies there; home: only the worker's own area is known; outside: not in the viewer's tree. */
  is: "place" | "home" | "outside";
  /**
   * Names from the second level down; the first is the whole area, which the page's title names. One that the
   * next begins with is left out: a grid is called after its community. A code when it is
   * outside.
   */
  names: string[];
}

export function areaOf(alarm: Pick<WallAlarm, "place" | "area">, tree: AreaTree, language: string): AlarmArea {
  const place = tree.find(alarm.place);
  const node = place ?? tree.find(alarm.area);
  if (!node) return { is: "outside", names: [alarm.place ?? alarm.area] };
  const path: AreaNode[] = tree.path(node);
  const names = path.slice(path.length > 1 ? 1 : 0).map((step) => nameOf(step.area, language));
  return { is: place ? "place" : "home", names: names.filter((name, n) => !names[n + 1]?.startsWith(name)) };
}

export interface AlarmSpot {
  /** alarm: sent with it; worker: it came without, and this is where the worker is on the picture. */
  of: "alarm" | "worker";
  longitude: number;
  latitude: number;
  accuracyMeters: number | null;
  /** Of the worker's fix, ms of server time; null for the alarm's own. */
  fixAt: number | null;
}

/** Where to look for it on the map; null when nobody knows. */
export function spotOf(alarm: WallAlarm, workers: WorkerStore | null): AlarmSpot | null {
  const { longitude, latitude, accuracyMeters } = alarm;
  if (longitude !== null && latitude !== null && longitude !== undefined && latitude !== undefined) {
    return { of: "alarm", longitude, latitude, accuracyMeters: accuracyMeters ?? null, fixAt: null };
  }
  const slot = alarm.worker === null ? undefined : workers?.slotOf(alarm.worker);
  if (!workers || slot === undefined || !workers.isShown(slot)) return null;
  const fixAt = workers.fixAt[slot];
  return {
    of: "worker",
    longitude: workers.longitudeE7[slot] / 1e7,
    latitude: workers.latitudeE7[slot] / 1e7,
    accuracyMeters: null,
    fixAt: Number.isNaN(fixAt) ? null : fixAt,
  };
}
