import type { AreaInfo } from "../wire/contracts.gen";

export interface AreaNode {
  area: AreaInfo;
  parent: AreaNode | null;
  children: AreaNode[];
  depth: number;
}

export type Bounds = [west: number, south: number, east: number, north: number];

/** The viewer's areas as a tree. An area whose parent is not among them is a root. */
export class AreaTree {
  readonly roots: AreaNode[] = [];
  private readonly byCode = new Map<string, AreaNode>();

  constructor(areas: Iterable<AreaInfo>) {
    for (const area of areas) this.byCode.set(area.code, { area, parent: null, children: [], depth: 0 });
    for (const node of this.byCode.values()) {
      const parent = node.area.parent ? this.byCode.get(node.area.parent) : undefined;
      node.parent = parent ?? null;
      (parent ? parent.children : this.roots).push(node);
    }
    const byCode = (a: AreaNode, b: AreaNode) => (a.area.code < b.area.code ? -1 : 1);
    const settle = (nodes: AreaNode[], depth: number) => {
      nodes.sort(byCode);
      for (const node of nodes) {
        node.depth = depth;
        settle(node.children, depth + 1);
      }
    };
    settle(this.roots, 0);
  }

  get size(): number {
    return this.byCode.size;
  }

  find(code: string | null | undefined): AreaNode | undefined {
    return code ? this.byCode.get(code) : undefined;
  }

  /** Every node, parents before their children. */
  *walk(nodes: readonly AreaNode[] = this.roots): Generator<AreaNode> {
    for (const node of nodes) {
      yield node;
      yield* this.walk(node.children);
    }
  }

  /** From the root down to the node itself. */
  path(node: AreaNode): AreaNode[] {
    const path: AreaNode[] = [];
    for (let at: AreaNode | null = node; at; at = at.parent) path.unshift(at);
    return path;
  }

  /**
   * Areas whose name or code holds the text, best first (name starts with it, then by depth), at most `limit`.
   * @param reads whether a name reads as the text in pinyin
   */
  search(text: string, limit: number, reads: ((name: string, typed: string) => boolean) | null = null): AreaNode[] {
    const wanted = text.trim().toLowerCase();
    if (!wanted) return [];
    const hits: { node: AreaNode; rank: number }[] = [];
    for (const node of this.walk()) {
      const names = [node.area.name, node.area.nameEn ?? "", node.area.code].map((name) => name.toLowerCase());
      if (names.some((name) => name.includes(wanted))) {
        hits.push({ node, rank: (names.some((name) => name.startsWith(wanted)) ? 0 : 100) + node.depth });
      } else if (reads?.(node.area.name, wanted)) hits.push({ node, rank: 200 + node.depth });
    }
    return hits
      .sort((a, b) => a.rank - b.rank)
      .slice(0, limit)
      .map((hit) => hit.node);
  }
}

export function nameOf(area: AreaInfo, language: string): string {
  return language.startsWith("zh") ? area.name : area.nameEn || area.name;
}

/** The node's own bounds, else those around its descendants; null when nothing has a place. */
export function boundsOf(node: AreaNode): Bounds | null {
  const own = node.area.bounds;
  if (own?.length === 4) return [own[0], own[1], own[2], own[3]];
  let all: Bounds | null = null;
  for (const child of node.children) {
    const b = boundsOf(child);
    if (!b) continue;
    all = all
      ? [Math.min(all[0], b[0]), Math.min(all[1], b[1]), Math.max(all[2], b[2]), Math.max(all[3], b[3])]
      : [...b];
  }
  return all;
}
