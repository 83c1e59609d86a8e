import type { Mark } from "./marks";
import { type Activity, barsOf, type Lane, piecesOf } from "./timelineLayout";
import { type Span, type Tick, ticks, xOf } from "./timelineScale";

/** Heights in CSS pixels at the usual text size. */
export const AXIS = 24;
export const BARS = 30;
export const LANE = 24;
const BAR_WIDTH = 4;

export interface Look {
  scale: number;
  line: string;
  lineStrong: string;
  ink: string;
  dim: string;
  accent: string;
  stale: string;
  alarm: string;
  panel: string;
  font: string;
  /** How a tick reads. */
  label(tick: Tick): string;
}

/** The page's colours, read anew when they change. */
export function lookOf(element: HTMLElement, label: (tick: Tick) => string): Look {
  const style = getComputedStyle(element);
  const get = (name: string) => style.getPropertyValue(name).trim();
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  return {
    scale: rem / 16,
    line: get("--line"),
    lineStrong: get("--line-strong"),
    ink: get("--ink"),
    dim: get("--dim"),
    accent: get("--accent"),
    stale: get("--stale"),
    alarm: get("--alarm"),
    panel: get("--panel"),
    font: `${rem * 0.75}px ${style.fontFamily}`,
    label,
  };
}

/** Makes the canvas as fine as the screen; null while it has no size. */
export function paper(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  const ratio = devicePixelRatio || 1;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (w <= 0 || h <= 0) return null;
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
  const pen = canvas.getContext("2d");
  pen?.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen?.clearRect(0, 0, width, height);
  return pen;
}

export interface Head {
  whole: Span;
  shown: Span;
  activity: Activity | null;
  loadedUntil: number;
  /** What stands over the time after it when it does not come by itself; null while it comes. */
  unread: string | null;
  loop: Span | null;
  marks: readonly Mark[];
}

/** Axis and activity. */
export function drawHead(pen: CanvasRenderingContext2D, head: Head, width: number, look: Look): void {
  const { scale } = look;
  const [axis, bars] = [AXIS * scale, BARS * scale];
  pen.font = look.font;
  pen.textBaseline = "middle";
  for (const tick of ticks(head.shown, width, scale)) {
    pen.fillStyle = tick.kind === "day" ? look.lineStrong : look.line;
    pen.fillRect(Math.round(tick.x), axis * 0.75, scale, axis * 0.25 + bars);
    pen.fillStyle = tick.kind === "day" ? look.ink : look.dim;
    const label = look.label(tick);
    const half = pen.measureText(label).width / 2;
    pen.fillText(label, Math.min(Math.max(0, tick.x - half), width - half * 2), axis * 0.4);
  }
  if (head.activity) {
    const step = BAR_WIDTH * scale;
    const heights = barsOf(head.activity, head.shown, Math.floor(width / step));
    pen.fillStyle = look.accent;
    pen.globalAlpha = 0.75;
    heights.forEach((height, n) => {
      const tall = height === 0 ? 0 : Math.max(1.5 * scale, height * (bars - 2 * scale));
      pen.fillRect(n * step, axis + bars - tall, step - scale, tall);
    });
    pen.globalAlpha = 1;
  }
  pen.fillStyle = look.line;
  pen.fillRect(0, axis + bars - scale, width, scale);
  drawUnloaded(pen, head, width, axis, bars, look);
  if (head.unread !== null && head.loadedUntil < head.whole.to) {
    const x = Math.max(0, xOf(Math.max(head.loadedUntil, head.whole.from), head.shown, width)) + 8 * scale;
    pen.fillStyle = look.stale;
    if (x + pen.measureText(head.unread).width < width) pen.fillText(head.unread, x, axis + bars / 2);
  }
  drawMarks(pen, head, head.marks, width, axis + bars / 2, bars / 2, look);
  drawLoop(pen, head, width, 0, axis + bars, look);
}

export function drawLanes(
  pen: CanvasRenderingContext2D,
  head: Head,
  lanes: readonly (Lane & { color: string })[],
  width: number,
  look: Look,
): void {
  const { scale } = look;
  const tall = LANE * scale;
  for (const tick of ticks(head.shown, width, scale)) {
    pen.fillStyle = look.line;
    pen.fillRect(Math.round(tick.x), 0, scale, tall * lanes.length);
  }
  const hatches = { gap: hatching(pen, look, false), aside: hatching(pen, look, true) };
  lanes.forEach((lane, n) => {
    const middle = (n + 0.5) * tall;
    for (const { kind, x, width: wide } of piecesOf(lane, head.shown, width)) {
      pen.fillStyle = pen.strokeStyle = lane.color;
      if (kind === "gap" || kind === "aside") {
        pen.fillStyle = look.panel;
        pen.fillRect(x, middle - 5 * scale, wide, 10 * scale);
        pen.fillStyle = hatches[kind];
        pen.fillRect(x, middle - 5 * scale, wide, 10 * scale);
      } else if (kind === "track") {
        pen.fillRect(x, middle - scale, wide, 2 * scale);
      } else if (kind === "trip") {
        pen.beginPath();
        pen.roundRect(x, middle - 5 * scale, wide, 10 * scale, Math.min(wide / 2, 3 * scale));
        pen.fill();
      } else drawStop(pen, x, wide, middle, look);
    }
    drawMarks(
      pen,
      head,
      head.marks.filter((mark) => mark.key === lane.key),
      width,
      middle,
      tall / 2 - scale,
      look,
    );
    pen.fillStyle = look.line;
    pen.fillRect(0, (n + 1) * tall - scale, width, scale);
  });
  drawUnloaded(pen, head, width, 0, tall * lanes.length, look);
  drawLoop(pen, head, width, 0, tall * lanes.length, look);
}

/** Calls for help as red ticks of the whole height, notes as flags: told apart by shape too. Calls lie on top. */
function drawMarks(
  pen: CanvasRenderingContext2D,
  head: Head,
  marks: readonly Mark[],
  width: number,
  middle: number,
  half: number,
  { scale, alarm, ink, panel }: Look,
): void {
  for (const kind of ["note", "sos"] as const) {
    for (const mark of marks) {
      if (mark.kind !== kind || mark.ms < head.shown.from || mark.ms >= head.shown.to) continue;
      const x = Math.round(xOf(mark.ms, head.shown, width));
      const wide = (kind === "sos" ? 3 : 2) * scale;
      pen.fillStyle = panel;
      pen.fillRect(x - wide / 2 - scale, middle - half, wide + 2 * scale, half * 2);
      pen.fillStyle = kind === "sos" ? alarm : ink;
      pen.fillRect(x - wide / 2, middle - half, wide, half * 2);
      if (kind === "note") pen.fillRect(x - wide / 2, middle - half, 7 * scale, 6 * scale);
    }
  }
}

/** A dot in the middle of the stop; wide ones show how long it was by a bracket. */
function drawStop(
  pen: CanvasRenderingContext2D,
  x: number,
  wide: number,
  middle: number,
  { scale, panel }: Look,
): void {
  const radius = 4 * scale;
  if (wide > radius * 4) {
    pen.lineWidth = 1.5 * scale;
    pen.beginPath();
    pen.moveTo(x + scale, middle - 3 * scale);
    pen.lineTo(x + scale, middle + 3 * scale);
    pen.moveTo(x + wide - scale, middle - 3 * scale);
    pen.lineTo(x + wide - scale, middle + 3 * scale);
    pen.stroke();
  }
  pen.beginPath();
  pen.arc(x + wide / 2, middle, radius, 0, 2 * Math.PI);
  pen.fill();
  pen.strokeStyle = panel;
  pen.lineWidth = 1.5 * scale;
  pen.stroke();
}

function drawUnloaded(
  pen: CanvasRenderingContext2D,
  head: Head,
  width: number,
  y: number,
  tall: number,
  look: Look,
): void {
  if (head.loadedUntil >= head.whole.to) return;
  const x = Math.max(0, xOf(Math.max(head.loadedUntil, head.whole.from), head.shown, width));
  if (x >= width) return;
  pen.globalAlpha = 0.6;
  pen.fillStyle = look.panel;
  pen.fillRect(x, y, width - x, tall);
  pen.globalAlpha = 1;
  if (head.unread === null) return;
  pen.fillStyle = look.stale;
  pen.fillRect(Math.round(x), y, 2 * look.scale, tall);
}

function drawLoop(pen: CanvasRenderingContext2D, head: Head, width: number, y: number, tall: number, look: Look): void {
  if (!head.loop) return;
  const from = Math.max(0, xOf(head.loop.from, head.shown, width));
  const to = Math.min(width, xOf(head.loop.to, head.shown, width));
  if (to <= from) return;
  pen.fillStyle = look.accent;
  pen.globalAlpha = 0.14;
  pen.fillRect(from, y, to - from, tall);
  pen.globalAlpha = 1;
  pen.fillRect(from, y, look.scale, tall);
  pen.fillRect(to - look.scale, y, look.scale, tall);
}

/** Diagonal strokes: no data; crossed ones: set aside. Told by the pattern and not by a colour. */
function hatching(pen: CanvasRenderingContext2D, { scale, dim }: Look, isCrossed: boolean): CanvasPattern | string {
  const ratio = devicePixelRatio || 1;
  const side = Math.max(4, Math.round(6 * scale * ratio));
  const tile = new OffscreenCanvas(side, side);
  const brush = tile.getContext("2d");
  if (!brush) return dim;
  brush.strokeStyle = dim;
  brush.lineWidth = Math.max(1, scale * ratio);
  brush.globalAlpha = 0.7;
  for (const shift of [-side, 0, side]) {
    brush.beginPath();
    brush.moveTo(shift, side);
    brush.lineTo(shift + side, 0);
    if (isCrossed) {
      brush.moveTo(shift, 0);
      brush.lineTo(shift + side, side);
    }
    brush.stroke();
  }
  const pattern = pen.createPattern(tile, "repeat");
  pattern?.setTransform(new DOMMatrix().scale(1 / ratio));
  return pattern ?? dim;
}
