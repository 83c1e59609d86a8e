import type { WallAlarm } from "../wire/contracts.gen";
import { byUrgency, isRaised, isUrgent } from "./alarms";

/** Time to look at one place before the map goes on to the next. */
export const LOOK_MS = 10_000;
/** An alarm that could not be flown to for so long is news no more: a jump then would only startle. */
const STALE_MS = 30_000;

/** A wall nobody stands at startles nobody: it goes to each in turn, as long as it waits. */
const KIOSK_STALE_MS = 3_600_000;

/** Takes the map to each new urgent alarm, once. */
export class AlarmFlights {
  private waiting: { id: string; since: number }[] = [];
  private readonly flown = new Set<string>();
  private last = Number.NEGATIVE_INFINITY;

  constructor(private readonly isKiosk = false) {}

  /** @param now ms of any clock, the same for `next` */
  add(fresh: readonly WallAlarm[], now: number): void {
    for (const alarm of fresh) {
      if (!isUrgent(alarm) || this.flown.has(alarm.id)) continue;
      this.flown.add(alarm.id);
      this.waiting.push({ id: alarm.id, since: now });
    }
  }

  /**
   * The alarm to fly to now; null for none.
   * @param find null while there is no place to fly to: it waits for one
   * @param busy somebody has the map in hand
   */
  next(find: (id: string) => WallAlarm | null, now: number, busy: boolean): WallAlarm | null {
    this.waiting = this.waiting.filter(({ since }) => now - since <= (this.isKiosk ? KIOSK_STALE_MS : STALE_MS));
    if (busy || now - this.last < LOOK_MS) return null;
    const alarms = this.waiting.flatMap(({ id }) => find(id) ?? []).filter(isRaised);
    const [first] = alarms.sort(byUrgency);
    if (!first) return null;
    this.waiting = this.waiting.filter(({ id }) => id !== first.id);
    this.last = now;
    return first;
  }
}
