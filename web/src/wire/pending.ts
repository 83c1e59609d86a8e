/** Contracts of slices that are being built beside this page; each moves to contracts.gen.ts when its records are merged. */

export interface BasemapInfo {
  id: string;
  name: string;
  nameEn: string | null;
  kind: "pmtiles" | "raster";
  /** The file (pmtiles) or a template with {z}, {x} and {y} on this server (raster). */
  url: string;
  datum: "wgs84" | "gcj02";
  attribution: string | null;
  minZoom: number;
  maxZoom: number;
  generated: boolean;
  style: "vector" | null;
}

/** Today's track of one worker; `at` in ms since 1970, other times ISO 8601. */
export interface WorkerTrack {
  worker: string;
  from: string;
  to: string;
  storedUntil: string | null;
  count: number;
  distanceMeters: number;
  at: number[];
  longitudeE7: number[];
  latitudeE7: number[];
  gaps: { from: string; to: string; reason: string }[];
  latest: {
    at: string;
    receivedAt: string | null;
    longitude: number;
    latitude: number;
    accuracyMeters: number | null;
    speedMps: number | null;
    headingDegrees: number | null;
    /** 0 to 1. */
    battery: number | null;
    mock: boolean;
    app: string | null;
  } | null;
}
