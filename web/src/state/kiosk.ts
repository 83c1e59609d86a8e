import type { KioskInfo } from "../wire/contracts.gen";
import type { AreaTree } from "./areas";
import { midnightBefore } from "./zone";

export interface KioskView {
  area: string;
  seconds: number;
}

const WHOLE_SECONDS = 30;
const PART_SECONDS = 15;
const SHORTEST_SECONDS = 5;
const LONGEST_SECONDS = 3600;
const DAY_MS = 86_400_000;
/** Reloads are spread over this, so that a hundred screens do not ask for the page in one instant. */
export const RELOAD_SPREAD_MS = 10 * 60_000;

/** The views to cycle: those configured and visible; without any the whole area and each of its children. */
export function viewsOf(views: KioskInfo["views"] | undefined, tree: AreaTree, root: string): KioskView[] {
  const chosen = (views ?? [])
    .filter((view) => tree.find(view.area))
    .map((view) => ({ area: view.area, seconds: clamp(Number(view.seconds) || PART_SECONDS) }));
  if (chosen.length > 0) return chosen;
  const top = tree.find(root) ?? tree.roots[0];
  if (!top) return [];
  return [
    { area: top.area.code, seconds: WHOLE_SECONDS },
    ...top.children.map((child) => ({ area: child.area.code, seconds: PART_SECONDS })),
  ];
}

const clamp = (seconds: number): number => Math.min(LONGEST_SECONDS, Math.max(SHORTEST_SECONDS, seconds));

/**
 * Milliseconds until the nightly reload; null without one.
 * @param reloadAt HH:mm in the center's zone
 * @param random from 0 to 1
 */
export function untilReload(reloadAt: string | null | undefined, now: number, random: number): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(reloadAt ?? "");
  if (!match) return null;
  let at = midnightBefore(now) + (Number(match[1]) * 60 + Number(match[2])) * 60_000;
  // What is due within the spread may just have happened: a page that comes back from its reload waits a day.
  while (at <= now + RELOAD_SPREAD_MS) at += DAY_MS;
  return at - now + (random * 2 - 1) * RELOAD_SPREAD_MS;
}

export interface Pulse {
  now: number;
  visible: boolean;
  /** The page's animation frame last ran at this time. */
  flushedAt: number;
  /** Since when the graphics context is gone; null while it is there. */
  contextLostAt: number | null;
  /** The page was last made to reload by this rule at this time; 0 never. */
  reloadedAt: number;
}

const HUNG_AFTER_MS = 120_000;
const CONTEXT_GONE_MS = 60_000;
/** A page that loads itself again for a fault that stays must not flicker. */
export const RELOAD_AT_MOST_EVERY_MS = 600_000;

/** Why a screen nobody stands at should load its page again; null while it draws. */
export function stuck(pulse: Pulse): "hung" | "context" | null {
  if (!pulse.visible || pulse.now - pulse.reloadedAt < RELOAD_AT_MOST_EVERY_MS) return null;
  if (pulse.now - pulse.flushedAt > HUNG_AFTER_MS) return "hung";
  if (pulse.contextLostAt !== null && pulse.now - pulse.contextLostAt > CONTEXT_GONE_MS) return "context";
  return null;
}

/** The page's own script in an index.html: another one means the server was replaced by a newer version. */
export const scriptOf = (html: string): string | null => /src="([^"]*\/index-[^"]+\.js)"/.exec(html)?.[1] ?? null;
