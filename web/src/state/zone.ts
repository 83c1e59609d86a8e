const USUAL_ZONE = "Asia/Shanghai";

const clockOf = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });

let zone = USUAL_ZONE;
let parts = clockOf(zone);

/** The center's zone: times on the page are its, whatever zone the screen is set to. The usual one until a session says otherwise. */
export const centerZone = (): string => zone;

/** As the session says; a name that this browser does not know changes nothing. */
export function setCenterZone(name: string | null | undefined): void {
  if (!name || name === zone) return;
  try {
    parts = clockOf(name);
    zone = name;
  } catch {
    console.warn(`Unknown time zone ${name}: times are shown in ${zone}`);
  }
}

export interface ZonedParts {
  hour: number;
  minute: number;
  second: number;
}

/** The time of day in the center at a moment. */
export function zonedParts(ms: number): ZonedParts {
  const of: Record<string, number> = {};
  for (const { type, value } of parts.formatToParts(ms)) of[type] = Number(value);
  return { hour: of.hour, minute: of.minute, second: of.second };
}

/** The last midnight of the center, ms since 1970. Exact where the zone has no summer time, as the center's has not. */
export function midnightBefore(ms: number): number {
  const { hour, minute, second } = zonedParts(ms);
  return ms - (ms % 1000) - ((hour * 60 + minute) * 60 + second) * 1000;
}
