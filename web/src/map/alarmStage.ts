import type { InjectionKey } from "vue";
import type { MapOverlay } from "./alarmMarks";

/** The wall's map as the open card of an alarm may use it. */
export interface AlarmStage {
  /** Draws it beside the live picture, which stays; one at a time, null ends it. */
  show(overlay: MapOverlay | null): void;
  /** CSS pixels a rem has, in sixteenths: what is drawn grows with the page. */
  scale(): number;
  /** The map's middle, degrees. */
  middle(): [longitude: number, latitude: number];
  /** Something else has the camera: following, measuring. */
  taken(): boolean;
  /** Of what covers the map's upper edge, CSS pixels. */
  top(): number;
  /** Nothing is to move that need not. */
  still(): boolean;
}

export const ALARM_STAGE: InjectionKey<AlarmStage> = Symbol("alarm stage");
