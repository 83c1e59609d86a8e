import { onMounted, onUnmounted, type Ref, watch } from "vue";
import type { WallAlarm } from "../wire/contracts.gen";

const TURN_EVERY_MS = 4000;
/** So much of a row must be in its box to count as seen. */
const SEEN_PART = 0.6;

export interface Painted {
  /** The box of rows, which scrolls when there are too many. */
  list: Ref<HTMLElement | null>;
  queue(): readonly WallAlarm[];
  big(): WallAlarm;
  kiosk: boolean;
}

/**
 * Tells which alarms really stand on the screen: after the frame that drew them, on a page that is seen, and of a long queue only the
 * rows in its box. A queue longer than its box turns its pages by itself unless somebody is at it, so that every alarm has its turn;
 * the newest of the most urgent is brought
 * into sight at once.
 */
export function usePainted(
  { list, queue, big, kiosk }: Painted,
  tell: (alarms: WallAlarm[]) => void,
): { scrolled(): void } {
  let asked = 0;
  let known = new Set<string>();

  /** The first frame after a change draws it, the second comes when it is on the screen. */
  function ask(): void {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(() => {
      asked = requestAnimationFrame(look);
    });
  }

  function look(): void {
    if (document.visibilityState !== "visible" && !kiosk) return; // Asked again when the page is seen.
    const seen = new Set([big().id, ...rowsInSight()]);
    tell(queue().filter((alarm) => seen.has(alarm.id)));
  }

  function* rowsInSight(): Generator<string> {
    const box = list.value?.getBoundingClientRect();
    if (!box) return;
    for (const row of list.value?.querySelectorAll<HTMLElement>("[data-id]") ?? []) {
      const { top, bottom, height } = row.getBoundingClientRect();
      const inside = Math.min(bottom, box.bottom) - Math.max(top, box.top);
      if (row.dataset.id && inside >= height * SEEN_PART) yield row.dataset.id;
    }
  }

  function changed(now: readonly WallAlarm[]): void {
    const fresh = now.filter((alarm) => !known.has(alarm.id));
    known = new Set(now.map((alarm) => alarm.id));
    const newest = fresh.toSorted((a, b) => a.priority - b.priority || b.arrivedAt - a.arrivedAt)[0];
    if (newest) show(newest.id);
    ask();
  }

  function show(id: string): void {
    const box = list.value;
    const row = box?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`);
    if (box && row) box.scrollTop += row.getBoundingClientRect().top - box.getBoundingClientRect().top;
  }

  function turn(): void {
    const box = list.value;
    if (!box || box.scrollHeight <= box.clientHeight + 1 || (!kiosk && box.matches(":hover, :focus-within"))) return;
    const atEnd = box.scrollTop + box.clientHeight >= box.scrollHeight - 1;
    const between = Number.parseFloat(getComputedStyle(box).rowGap) || 0;
    box.scrollTop = atEnd ? 0 : box.scrollTop + box.clientHeight + between;
    ask();
  }

  watch([queue, big], ([now]) => changed(now), { flush: "post" });
  let turning: ReturnType<typeof setInterval>;
  onMounted(() => {
    changed(queue());
    turning = setInterval(turn, TURN_EVERY_MS);
    addEventListener("visibilitychange", ask);
  });
  onUnmounted(() => {
    cancelAnimationFrame(asked);
    clearInterval(turning);
    removeEventListener("visibilitychange", ask);
  });
  return { scrolled: ask };
}
