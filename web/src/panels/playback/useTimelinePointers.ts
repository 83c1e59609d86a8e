import { type Ref, ref, shallowRef } from "vue";
import type { Mark } from "./marks";
import { AXIS } from "./timelineDraw";
import { moved, msAt, type Span, zoomed } from "./timelineScale";

/** A drag shorter than this is a click, CSS pixels. */
const DRAG = 4;

interface Ground {
  plot: Ref<HTMLElement | null>;
  /** CSS pixels. */
  width: Ref<number>;
  /** Of the page's type to 16 px. */
  scale: Ref<number>;
  shown: Ref<Span>;
  whole: () => Span;
  /** The mark that a hand at this place means. */
  meant: (x: number, y: number) => Mark | null;
  seek: (ms: number) => void;
  scrub: (active: boolean) => void;
  loop: (span: Span) => void;
  mark: (mark: Mark) => void;
}

/** Hands on a timeline: one pointer scrubs, or marks a stretch when it starts on the axis or with Shift; two zoom; the wheel zooms and moves. */
export function useTimelinePointers({ plot, width, scale, shown, whole, meant, seek, scrub, loop, mark: go }: Ground) {
  const pointed = shallowRef<{ x: number; y: number; ms: number; mark: Mark | null } | null>(null);
  const marking = shallowRef<Span | null>(null);
  const onAxis = ref(false);
  const fingers = new Map<number, number>();
  let start: { x: number; marks: boolean } | null = null;
  let scrubs = false;
  let pinch: { distance: number; shown: Span } | null = null;

  const place = (event: MouseEvent): { x: number; y: number } => {
    const box = plot.value?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  };
  const momentAt = (x: number): number =>
    Math.min(Math.max(msAt(x, shown.value, width.value), whole().from), whole().to);

  function down(event: PointerEvent): void {
    if (event.button !== 0) return;
    const { x, y } = place(event);
    plot.value?.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, x);
    if (fingers.size === 2) {
      const [a, b] = [...fingers.values()];
      pinch = { distance: Math.abs(a - b), shown: shown.value };
      endScrub();
      marking.value = start = null;
      return;
    }
    start = { x, marks: event.shiftKey || y < AXIS * scale.value };
    if (!start.marks) {
      scrubs = true;
      scrub(true);
      goTo(x, y);
    }
  }

  function move(event: PointerEvent): void {
    const { x, y } = place(event);
    onAxis.value = y < AXIS * scale.value;
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, x);
    if (pinch && fingers.size === 2) {
      const [a, b] = [...fingers.values()];
      const factor = pinch.distance / Math.max(8, Math.abs(a - b));
      shown.value = zoomed(pinch.shown, whole(), msAt((a + b) / 2, pinch.shown, width.value), factor);
      return;
    }
    // A hand that trembles on a mark stays on it.
    if (scrubs && Math.abs(x - (start?.x ?? x)) > (meant(start?.x ?? x, y) ? DRAG : 0)) seek(momentAt(x));
    else if (start?.marks && Math.abs(x - start.x) > DRAG) {
      const [a, b] = [momentAt(start.x), momentAt(x)];
      marking.value = { from: Math.min(a, b), to: Math.max(a, b) };
    }
    pointed.value = { x, y, ms: momentAt(x), mark: meant(x, y) };
  }

  function up(event: PointerEvent): void {
    fingers.delete(event.pointerId);
    if (fingers.size < 2) pinch = null;
    endScrub();
    if (start?.marks) {
      const { x, y } = place(event);
      if (marking.value) loop(marking.value);
      else if (event.type === "pointerup") goTo(x, y);
    }
    marking.value = start = null;
  }

  function goTo(x: number, y: number): void {
    const mark = meant(x, y);
    seek(mark?.ms ?? momentAt(x));
    if (mark) go(mark);
  }

  function endScrub(): void {
    if (!scrubs) return;
    scrubs = false;
    scrub(false);
  }

  function wheel(event: WheelEvent): void {
    event.preventDefault();
    const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (sideways) {
      shown.value = moved(shown.value, whole(), (event.deltaX || event.deltaY) / width.value);
      return;
    }
    shown.value = zoomed(shown.value, whole(), msAt(place(event).x, shown.value, width.value), 1.0018 ** event.deltaY);
  }

  return { pointed, marking, onAxis, down, move, up, wheel };
}
