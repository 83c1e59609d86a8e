import { shallowRef } from "vue";
import type { AlarmMark, MapOverlay } from "../map/alarmMarks";
import type { AlarmStage } from "../map/alarmStage";
import type { WallMap } from "../map/wallMap";
import { type Sent, waysOf } from "../state/ways";
import type { Wall } from "../wall";
import type { WallAlarm } from "../wire/contracts.gen";
import { useAlarmActs } from "./useAlarmActs";
import { useAlarmMap } from "./useAlarmMap";
import { useAlarms } from "./useAlarms";

/** A kiosk's flight is to be followed by eyes across the room; a desk's is quicker. */
const FLIGHT_MS = { kiosk: 1500, desk: 600 };

export interface WallAlarmDeps {
  isKiosk: boolean;
  csrf(): string;
  wall(): Wall | null;
  map(): WallMap | null;
  /** Something else has the camera. */
  taken(): boolean;
  still(): boolean;
  /** Server time, ms. */
  now(): number;
  signedOut(): void;
  /** What the map looks at, degrees. */
  middle(): [longitude: number, latitude: number];
}

/** Alarms of a wall: from its wire to its map. */
export function useWallAlarms(deps: WallAlarmDeps) {
  /** Of the bars over the map's upper edge, CSS pixels. */
  const height = shallowRef(0);
  /** The alarm the map last went to by itself. */
  const flown = shallowRef<WallAlarm | null>(null);
  /** Who was sent to the alarm whose card is open. */
  const sent = shallowRef<Sent | null>(null);
  const alarms = useAlarms({
    isKiosk: deps.isKiosk,
    shown: (id, version) => deps.wall()?.alarmShown(id, version),
    changed: (change) => onMap.changed(change),
  });
  const onMap = useAlarmMap({
    isKiosk: deps.isKiosk,
    queue: () => alarms.queue.value,
    find: alarms.find,
    workers: () => deps.wall()?.workers ?? null,
    taken: deps.taken,
    handledAt: () => deps.map()?.alarms.handledAt ?? Number.NEGATIVE_INFINITY,
    set: (marks: readonly AlarmMark[]) => deps.map()?.alarms.set(marks),
    ways: () =>
      waysOf(sent.value, sent.value && alarms.find(sent.value.alarm), deps.wall()?.workers ?? null, deps.now()),
    setWays: (ways) => deps.map()?.alarms.ways.set(ways),
    fly(mark) {
      const map = deps.map();
      const ms = deps.still() ? 0 : FLIGHT_MS[deps.isKiosk ? "kiosk" : "desk"];
      map?.alarms.fly(mark, height.value, map.scale, ms);
    },
    flew(alarm) {
      flown.value = alarm;
    },
  });
  const acts = useAlarmActs(deps.csrf, deps.signedOut);
  let overlay: MapOverlay | null = null;
  const stage: AlarmStage = {
    show(next) {
      overlay = next;
      deps.map()?.alarms.show(next);
    },
    scale: () => deps.map()?.scale ?? 1,
    middle: deps.middle,
    taken: deps.taken,
    top: () => height.value,
    still: deps.still,
  };

  return {
    ...alarms,
    acts,
    height,
    sent,
    flown,
    flying: onMap.flying,
    go: onMap.go,
    spot: onMap.spot,
    stage,
    /** A new map knows nothing of all this yet. */
    redraw(): void {
      onMap.redraw();
      deps.map()?.alarms.show(overlay);
    },
  };
}
