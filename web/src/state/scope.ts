import type { Bounds } from "./areas";

/** Beyond the view by this share on each side, so that small moves need no new watch. */
const MARGIN = 0.25;

/** A watched box more than this many times the padded view is worth narrowing. */
const TOO_WIDE = 4;

export function contains(outer: Bounds, inner: Bounds): boolean {
  return outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3];
}

export function padded(view: Bounds): Bounds {
  const dx = (view[2] - view[0]) * MARGIN;
  const dy = (view[3] - view[1]) * MARGIN;
  return [
    Math.max(-180, view[0] - dx),
    Math.max(-90, view[1] - dy),
    Math.min(180, view[2] + dx),
    Math.min(90, view[3] + dy),
  ];
}

/**
 * The box to watch next, or "keep". Null means the whole area. Boxes are only used once a frame said that the area holds
 * more workers than a frame carries; they are sent again when the view leaves them, or when they hold too many and the
 * view became much smaller.
 */
export function nextBounds(
  view: Bounds,
  watched: Bounds | null,
  crowded: boolean,
  whole: Bounds | null,
): Bounds | null | "keep" {
  if (!crowded && watched === null) return "keep";
  const wanted = padded(view);
  if (whole && contains(wanted, whole)) return watched === null ? "keep" : null;
  if (watched === null) return wanted;
  if (!contains(watched, view)) return wanted;
  return crowded && surface(watched) > TOO_WIDE * surface(wanted) ? wanted : "keep";
}

const surface = (b: Bounds): number => (b[2] - b[0]) * (b[3] - b[1]);
