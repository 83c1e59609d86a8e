import type { EnrolledDevice } from "../../wire/contracts.gen";

export interface Setting {
  /** Key of the words that name the field as the app does. */
  field: string;
  value: string;
  secret?: boolean;
}

/** Seconds between two heartbeats of a phone at rest: below the 90 s after which the wall calls a worker stale. */
export const HEARTBEAT_SECONDS = 60;

/** `http(s)://host[:port]` of what was typed, or null when a phone could make nothing of it. */
export function serverOrigin(typed: string): string | null {
  try {
    const url = new URL(typed.trim());
    return (url.protocol === "http:" || url.protocol === "https:") && url.hostname ? url.origin : null;
  } catch {
    return null;
  }
}

export type AddressWarning = "local" | "plain";

/** What keeps a phone from this address, or its reports from being private. */
export function addressWarnings(origin: string): AddressWarning[] {
  const url = new URL(origin);
  const warnings: AddressWarning[] = [];
  if (/^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0)$/i.test(url.hostname)) warnings.push("local");
  if (url.protocol === "http:") warnings.push("plain");
  return warnings;
}

/**
 * Traccar Client 9 and later scan this in their settings and take origin and path for the server, the query for the rest.
 * Another scanner that follows it sends a report without a place, which the server counts as a sign of life.
 */
export function traccarLink(origin: string, device: EnrolledDevice, seconds: number): string {
  const query = new URLSearchParams({
    id: device.osmandId,
    accuracy: "highest",
    distance: "0",
    interval: String(seconds),
    heartbeat: String(HEARTBEAT_SECONDS),
    buffer: "true",
  });
  return `${origin}/osmand?${query}`;
}

export function traccarSettings(origin: string, device: EnrolledDevice, seconds: number): Setting[] {
  return [
    { field: "serverUrl", value: `${origin}/osmand` },
    { field: "deviceIdentifier", value: device.osmandId, secret: true },
    { field: "accuracy", value: "Highest" },
    { field: "distance", value: "0" },
    { field: "interval", value: String(seconds) },
    { field: "heartbeat", value: String(HEARTBEAT_SECONDS) },
    { field: "buffer", value: "on" },
  ];
}

/** Two characters that OwnTracks shows on a map: the end of the worker's code. */
export const trackerId = (worker: string): string => worker.slice(-2).padStart(2, "0");

/** OwnTracks takes its whole configuration from this link: HTTP mode (3), move monitoring (2), credentials of this device. */
export function ownTracksLink(origin: string, device: EnrolledDevice, seconds: number): string {
  const configuration = {
    _type: "configuration",
    mode: 3,
    url: `${origin}/owntracks`,
    auth: true,
    username: device.user,
    password: device.password,
    deviceId: device.user,
    tid: trackerId(device.worker),
    monitoring: 2,
    moveModeLocatorInterval: seconds,
    locatorInterval: seconds,
    locatorDisplacement: 0,
    ping: 15,
  };
  const bytes = new TextEncoder().encode(JSON.stringify(configuration));
  return `owntracks:///config?inline=${encodeURIComponent(btoa(String.fromCharCode(...bytes)))}`;
}

export function ownTracksSettings(origin: string, device: EnrolledDevice, seconds: number): Setting[] {
  return [
    { field: "mode", value: "HTTP" },
    { field: "url", value: `${origin}/owntracks` },
    { field: "user", value: device.user },
    { field: "password", value: device.password, secret: true },
    { field: "deviceId", value: device.user },
    { field: "trackerId", value: trackerId(device.worker) },
    { field: "monitoring", value: "Move" },
    { field: "moveInterval", value: String(seconds) },
  ];
}
