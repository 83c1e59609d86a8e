const USUAL_ZONE = "Asia/Shanghai";

const clockOf = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });

const datedOf = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });

let zone = USUAL_ZONE;
let parts = clockOf(zone);
let dated = datedOf(zone);

/** The center's zone: times on the page are its, whatever zone the screen is set to. The usual one until a session says otherwise. */
export const centerZone = (): string => zone;

/** As the session says; a name that this browser does not know changes nothing. */
export function setCenterZone(name: string | null | undefined): void {
  if (!name || name === zone) return;
  try {
    parts = clockOf(name);
    dated = datedOf(name);
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

const DAY_MS = 86_400_000;

/** What the center's clock and calendar show at a moment, as ms of a clock without zones: days are 86,400,000 long there, whatever the zone does. */
export function wallOf(ms: number): number {
  const of: Record<string, number> = {};
  for (const { type, value } of dated.formatToParts(ms)) of[type] = Number(value);
  return Date.UTC(of.year, of.month - 1, of.day, of.hour, of.minute, of.second) + (((ms % 1000) + 1000) % 1000);
}

/** The moment at which the center's clock shows this: of two the first; of a time that is skipped, as long after the clock was put on. */
export function instantOfWall(wall: number): number {
  // An offset's change lies hours, not days, from its next: these are the offsets before and after it.
  const [before, after] = [wall - DAY_MS, wall + DAY_MS].map((ms) => wall - (wallOf(ms) - ms));
  if (before === after || wallOf(before) === wall) return before;
  return wallOf(after) === wall ? after : before;
}

/** The beginning of the center's day around a moment, ms since 1970. */
export const midnightBefore = (ms: number): number => instantOfWall(Math.floor(wallOf(ms) / DAY_MS) * DAY_MS);

/** The same time of day so many days of the center's calendar later. */
export const addDays = (ms: number, days: number): number => instantOfWall(wallOf(ms) + days * DAY_MS);

/** Days of the center's calendar from one moment's to another's. */
export const daysBetween = (from: number, to: number): number =>
  Math.floor(wallOf(to) / DAY_MS) - Math.floor(wallOf(from) / DAY_MS);
