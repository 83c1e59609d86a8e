import { presenceNames, roles } from "./records";

/** Measures of coverage; named here so that the first view need not load what draws them. */
export const HEATS = ["age", "visits", "dwell", "blind"] as const;
export type Heat = (typeof HEATS)[number];

/** What is drawn over the ground, as chosen on this screen. Masks have one bit for each role and presence number. */
export interface Layers {
  trails: boolean;
  names: boolean;
  /** Head counts under area names at every zoom; far out they are shown in any case. */
  counts: boolean;
  /** Deepest area level with borders: 0 district … 4 micro-grid; they still come in by zoom. */
  borders: number;
  roles: number;
  states: number;
  /** Coverage of the last seven days under everything, by one of its measures; null: not shown. */
  heat: Heat | null;
  /** A basemap's id, "none" for bare ground, null for the server's first. */
  basemap: string | null;
}

export const MOST_BORDERS = 4;
/** Role 0 is a worker whose name has not come yet: always drawn. */
export const ALL_ROLES = 0b11111;
/** Presence lost, stale, still and moving. */
export const ALL_STATES = 0b111100;

export const allLayers = (): Layers => ({
  trails: true,
  names: true,
  counts: false,
  borders: MOST_BORDERS,
  roles: ALL_ROLES,
  states: ALL_STATES,
  heat: null,
  basemap: null,
});

export const hasBit = (mask: number, bit: number): boolean => (mask & (1 << bit)) !== 0;

export const withBit = (mask: number, bit: number, on: boolean): number =>
  on ? mask | (1 << bit) : mask & ~(1 << bit);

/** Reads `layers=-trails,counts,borders2,heat-age&roles=gridLeader&states=moving,lost&map=tianditu`; what is unknown is left as it usually is. */
export function readLayers(query: URLSearchParams): Layers {
  const layers = allLayers();
  for (const word of (query.get("layers") ?? "").split(",")) {
    if (word === "-trails") layers.trails = false;
    else if (word === "-names") layers.names = false;
    else if (word === "counts") layers.counts = true;
    else if (/^borders[0-4]$/.test(word)) layers.borders = Number(word.slice(7));
    else if (word.startsWith("heat-")) layers.heat = HEATS.find((heat) => word === `heat-${heat}`) ?? null;
  }
  layers.roles = 1 | readMask(query.get("roles"), roles, ALL_ROLES);
  layers.states = readMask(query.get("states"), presenceNames, ALL_STATES);
  const basemap = query.get("map") ?? "";
  layers.basemap = /^[\w.-]{1,64}$/.test(basemap) ? basemap : null;
  return layers;
}

/** Inverse of {@link readLayers}: only what differs from the usual. */
export function writeLayers(layers: Layers): string[] {
  const words = [
    layers.trails ? "" : "-trails",
    layers.names ? "" : "-names",
    layers.counts ? "counts" : "",
    layers.borders === MOST_BORDERS ? "" : `borders${layers.borders}`,
    layers.heat ? `heat-${layers.heat}` : "",
  ].filter(Boolean);
  const parts: string[] = [];
  if (words.length) parts.push(`layers=${words.join(",")}`);
  if (layers.roles !== ALL_ROLES) parts.push(`roles=${writeMask(layers.roles & ~1, roles)}`);
  if (layers.states !== ALL_STATES) parts.push(`states=${writeMask(layers.states, presenceNames)}`);
  if (layers.basemap) parts.push(`map=${encodeURIComponent(layers.basemap)}`);
  return parts;
}

/** "none" stands for an empty mask, since an empty value looks like a forgotten one. */
function readMask(text: string | null, names: readonly (string | null)[], all: number): number {
  if (!text) return all;
  if (text === "none") return 0;
  let mask = 0;
  for (const name of text.split(",")) {
    const bit = names.indexOf(name);
    if (bit >= 0) mask |= 1 << bit;
  }
  return mask & all || all;
}

const writeMask = (mask: number, names: readonly (string | null)[]): string =>
  names.filter((name, bit) => name && hasBit(mask, bit)).join(",") || "none";
