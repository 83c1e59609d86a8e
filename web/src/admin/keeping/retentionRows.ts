import type { AreaNode, AreaTree } from "../../state/areas";
import type { TrackRetention, TrackRetentionRule } from "../../wire/contracts.gen";

/** How long one area's tracks are kept, and on whose word: its own, an area's above it, a rule above the viewer's areas, or the server's. */
export interface RetentionRow {
  code: string;
  node: AreaNode;
  days: number;
  rule: TrackRetentionRule | null;
  /** Code of the area whose rule counts; null: none that the viewer sees. */
  from: string | null;
  basis: "own" | "above" | "higher" | "server";
  open: boolean | null;
}

/** What counts for an area: the nearest rule at or above it. */
export function retentionOf(node: AreaNode, retention: TrackRetention): Omit<RetentionRow, "open"> {
  const rules = new Map(retention.rules.map((rule) => [rule.area, rule]));
  const own = rules.get(node.area.code) ?? null;
  const base = { code: node.area.code, node, rule: own };
  for (let at: AreaNode | null = node; at; at = at.parent) {
    const rule = rules.get(at.area.code);
    if (rule) return { ...base, days: rule.days, from: rule.area, basis: at === node ? "own" : "above" };
  }
  return retention.above === null
    ? { ...base, days: retention.days, from: null, basis: "server" }
    : { ...base, days: retention.above, from: null, basis: "higher" };
}

/** The areas on the way to one with a rule: a list opens at them, so that no rule hides. */
export function waysToRules(tree: AreaTree, retention: TrackRetention): Set<string> {
  const ways = new Set<string>();
  for (const rule of retention.rules) {
    for (let at = tree.find(rule.area)?.parent ?? null; at; at = at.parent) ways.add(at.area.code);
  }
  return ways;
}

/** The rows that are seen: the tree where it is open, or only areas with rules of their own. */
export function retentionRows(
  tree: AreaTree,
  retention: TrackRetention,
  isOpen: (node: AreaNode) => boolean,
  onlyRules: boolean,
): RetentionRow[] {
  if (onlyRules) {
    return retention.rules
      .map((rule) => tree.find(rule.area))
      .filter((node) => node !== undefined)
      .map((node) => ({ ...retentionOf(node, retention), open: null }))
      .sort((a, b) => (a.code < b.code ? -1 : 1));
  }
  function* visible(nodes: readonly AreaNode[]): Generator<RetentionRow> {
    for (const node of nodes) {
      const open = node.children.length > 0 ? isOpen(node) : null;
      yield { ...retentionOf(node, retention), open };
      if (open) yield* visible(node.children);
    }
  }
  return [...visible(tree.roots)];
}
