import type { InjectionKey, ShallowRef } from "vue";
import type { AssignmentInfo, WallAlarm } from "../wire/contracts.gen";
import { spotOf } from "./alarmPlace";
import { isUnderWay } from "./dispatch";
import { distanceMeters, type Place } from "./measure";
import type { WorkerStore } from "./workers";

/** Somebody on the way to an alarm, as the map shows it between two answers of the server. */
export interface Way {
  worker: string;
  name: string;
  from: Place;
  to: Place;
  /** As the crow flies. */
  meters: number;
  /** Travel time; null: not known, or the position says too little. */
  etaSeconds: number | null;
  /** Of the position, when it is too old to reckon with; null while it is fresh. */
  staleSeconds: number | null;
}

/** Who was sent to the alarm whose card is open. */
export interface Sent {
  alarm: string;
  assignments: readonly AssignmentInfo[];
}

export const SENT: InjectionKey<ShallowRef<Sent | null>> = Symbol("sent");

/** Who is as near has arrived: the server says so of its own accord. */
const THERE_METERS = 60;
/** An older position moves no more. */
const STALE_SECONDS = 60;
const ON_THE_WAY = ["dispatched", "accepted", "enRoute"];

/**
 * The server reckons along streets every ten seconds; in between its time shrinks with the distance that is left.
 * @param now server time, ms
 */
export function waysOf(sent: Sent | null, alarm: WallAlarm | null, workers: WorkerStore | null, now: number): Way[] {
  const spot = sent && alarm && alarm.id === sent.alarm ? spotOf(alarm, workers) : null;
  if (!sent || !spot || !workers) return [];
  const to: Place = [spot.longitude, spot.latitude];
  const ways: Way[] = [];
  for (const one of sent.assignments) {
    const slot = workers.slotOf(one.worker);
    if (!isUnderWay(one.state) || !ON_THE_WAY.includes(one.state) || slot === undefined || !workers.isShown(slot))
      continue;
    const from: Place = [workers.longitudeE7[slot] / 1e7, workers.latitudeE7[slot] / 1e7];
    const meters = distanceMeters(from, to);
    const age = (now - workers.fixAt[slot]) / 1000;
    const isFresh = age <= STALE_SECONDS;
    const scale = one.meters && one.meters > THERE_METERS ? meters / one.meters : 1;
    ways.push({
      worker: one.worker,
      name: one.name ?? one.worker,
      from,
      to,
      meters,
      etaSeconds: !isFresh || one.etaSeconds === null ? null : meters <= THERE_METERS ? 0 : one.etaSeconds * scale,
      staleSeconds: isFresh ? null : age,
    });
  }
  return ways;
}
