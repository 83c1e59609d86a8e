/** The center's zone: times on the wall are its, whatever zone the screen is set to. */
export const CENTER_ZONE = "Asia/Shanghai";

const parts = new Intl.DateTimeFormat("en-GB", {
  timeZone: CENTER_ZONE,
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

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
