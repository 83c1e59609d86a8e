import { centerZone } from "../state/zone";

const formats = new Map<string, Intl.DateTimeFormat>();

/** `2026-11-22 10:41:07` in the center's zone, the same in both languages; a dash for what never was. */
export function zoneTime(iso: string | null | undefined, zone = centerZone()): string {
  const at = iso ? Date.parse(iso) : Number.NaN;
  if (Number.isNaN(at)) return "–";
  const part = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return `${part.year}-${part.month}-${part.day} ${part.hour}:${part.minute}:${part.second}`;
}

/** What an `<input type="datetime-local">` holds, meant in the center's zone, as an instant; null when it is empty or nonsense. */
export function instantOf(local: string, zone = centerZone()): string | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(local)) return null;
  const asUtc = Date.parse(`${local.length === 16 ? `${local}:00` : local}Z`);
  if (Number.isNaN(asUtc)) return null;
  // The zone's offset at that hour: what its clock shows when UTC's shows the wanted time.
  const shown = Date.parse(`${zoneTime(new Date(asUtc).toISOString(), zone).replace(" ", "T")}Z`);
  return new Date(asUtc - (shown - asUtc)).toISOString();
}

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    const two = "2-digit";
    format = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: two,
      day: two,
      hour: two,
      minute: two,
      second: two,
    });
    formats.set(zone, format);
  }
  return format;
}
