import { type AreaNode, type AreaTree, boundsOf, nameOf } from "../state/areas";

export interface Feature {
  type: "Feature";
  id?: number;
  geometry: unknown;
  properties: Record<string, string | number>;
}

export interface Features {
  type: "FeatureCollection";
  features: Feature[];
}

/** Deeper areas are too many to count on the map; their names come with the tiles. */
export const DEEPEST_COUNTED = 2;

const levels: Record<string, number> = { district: 0, subdistrict: 1, community: 2, grid: 3, microgrid: 4 };

export const levelOf = (node: AreaNode): number => levels[node.area.kind] ?? node.depth;

/** One point per area of the upper levels to carry its name and, when wanted, its head count. */
export function labels(tree: AreaTree, language: string, count: ((node: AreaNode) => string) | null): Features {
  const features: Feature[] = [];
  for (const node of tree.walk()) {
    const level = levelOf(node);
    if (level > DEEPEST_COUNTED) continue;
    const at = labelPoint(node);
    if (!at) continue;
    features.push({
      type: "Feature",
      id: node.area.id,
      geometry: { type: "Point", coordinates: at },
      properties: { name: nameOf(node.area, language), count: count?.(node) ?? "", level },
    });
  }
  return { type: "FeatureCollection", features };
}

/** A point inside, as the server says; the middle of the bounds where it does not. */
function labelPoint(node: AreaNode): [number, number] | null {
  const { center } = node.area;
  if (center?.length === 2) return [center[0], center[1]];
  const bounds = boundsOf(node);
  return bounds ? [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2] : null;
}
