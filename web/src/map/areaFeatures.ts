import { type AreaNode, type AreaTree, boundsOf, nameOf } from "../state/areas";

interface Feature {
  type: "Feature";
  id: number;
  geometry: unknown;
  properties: Record<string, string | number>;
}

export interface Features {
  type: "FeatureCollection";
  features: Feature[];
}

/** Outlines of all areas. The level is how deep below the root an area lies, whatever its kind is called. */
export function outlines(tree: AreaTree): Features {
  const features: Feature[] = [];
  for (const node of tree.walk()) {
    if (!node.area.geometry) continue;
    features.push({
      type: "Feature",
      id: node.area.id,
      geometry: node.area.geometry,
      properties: { code: node.area.code, level: levelOf(node) },
    });
  }
  return { type: "FeatureCollection", features };
}

/** One point per area to carry its name, and the head count when there are too many workers to draw. */
export function labels(tree: AreaTree, language: string, count: ((node: AreaNode) => string) | null): Features {
  const features: Feature[] = [];
  for (const node of tree.walk()) {
    const at = labelPoint(node);
    if (!at) continue;
    features.push({
      type: "Feature",
      id: node.area.id,
      geometry: { type: "Point", coordinates: at },
      properties: {
        name: nameOf(node.area, language),
        count: count ? count(node) : "",
        level: levelOf(node),
      },
    });
  }
  return { type: "FeatureCollection", features };
}

const levels: Record<string, number> = { district: 0, subdistrict: 1, community: 2, grid: 3, microgrid: 4 };

const levelOf = (node: AreaNode): number => levels[node.area.kind] ?? node.depth;

function labelPoint(node: AreaNode): [number, number] | null {
  const ring = outerRing(node.area.geometry);
  if (ring) return centroid(ring);
  const bounds = boundsOf(node);
  return bounds ? [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2] : null;
}

type Ring = [number, number][];

function outerRing(geometry: unknown): Ring | null {
  const shape = geometry as { type?: string; coordinates?: unknown } | null | undefined;
  if (shape?.type === "Polygon") return (shape.coordinates as Ring[])[0] ?? null;
  if (shape?.type !== "MultiPolygon") return null;
  const rings = (shape.coordinates as Ring[][]).map((polygon) => polygon[0]).filter((ring) => ring?.length);
  return rings.sort((a, b) => Math.abs(signedArea(b)) - Math.abs(signedArea(a)))[0] ?? null;
}

function signedArea(ring: Ring): number {
  let sum = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    sum += ring[j][0] * ring[i][1] - ring[i][0] * ring[j][1];
  }
  return sum / 2;
}

/** Centre of mass of a ring; its first point when it has no surface. Computed around that point to keep the digits. */
export function centroid(ring: Ring): [number, number] {
  const [ox, oy] = ring[0];
  let x = 0;
  let y = 0;
  let twice = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const ax = ring[j][0] - ox;
    const ay = ring[j][1] - oy;
    const bx = ring[i][0] - ox;
    const by = ring[i][1] - oy;
    const cross = ax * by - bx * ay;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
    twice += cross;
  }
  return twice === 0 ? [ox, oy] : [ox + x / (3 * twice), oy + y / (3 * twice)];
}
