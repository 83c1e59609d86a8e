/** When an alarm was, in ms since 1970 UTC. */
export interface AlarmTimes {
  /** By the phone's clock. */
  occurredMs: number;
  arrivedMs: number;
  /** Null while it is open. */
  closedMs: number | null;
}

/** The time to be replayed and the alarm's moment in it, ms since 1970 UTC. */
export interface AlarmSpan {
  from: number;
  alarm: number;
  to: number;
  /** It goes on beyond `to`. */
  isCut: boolean;
}

const MINUTE_MS = 60_000;
const BEFORE_MS = 10 * MINUTE_MS;
/** In the card: the ten minutes before are what is asked for, and must not become a sliver of the scrubber. */
const CARD_AFTER_MS = 30 * MINUTE_MS;
/** On the page that looks back; what followed is part of it even where the alarm was ended at once. */
const PAGE_LEAST_AFTER_MS = 10 * MINUTE_MS;
const PAGE_AFTER_MS = 24 * 60 * MINUTE_MS;

/** A phone whose clock is ahead did not press after its alarm had arrived. */
const momentOf = ({ occurredMs, arrivedMs }: AlarmTimes): number => Math.min(occurredMs, arrivedMs);

/** From ten minutes before an alarm to its end, or to now while it is open. @param now server time, ms */
export function cardSpan(times: AlarmTimes, now: number): AlarmSpan {
  const alarm = momentOf(times);
  // The server's clock as this screen reckons it has fractions, which the wire does not take.
  const end = Math.max(alarm, times.closedMs ?? Math.floor(now));
  const to = Math.min(end, alarm + CARD_AFTER_MS);
  return { from: alarm - BEFORE_MS, alarm, to, isCut: to < end };
}

/**
 * Address of the page that looks back at the same, with what followed. Of an open alarm it ends with the minute that runs, so that the address does not change with each second and the
 * page goes on into the present.
 * @param now server time, ms
 */
export function playbackOf(worker: string, times: AlarmTimes, now: number, language: string): string {
  const alarm = momentOf(times);
  const present = Math.ceil(now / MINUTE_MS) * MINUTE_MS;
  const end = Math.min(present, Math.max(times.closedMs ?? present, alarm + PAGE_LEAST_AFTER_MS));
  const span = new URLSearchParams({
    workers: worker,
    from: new Date(alarm - BEFORE_MS).toISOString(),
    to: new Date(Math.min(Math.max(end, alarm + 1), alarm + PAGE_AFTER_MS)).toISOString(),
    lang: language,
  });
  return `/playback?${span}`;
}
