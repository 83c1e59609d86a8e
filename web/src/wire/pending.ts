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
