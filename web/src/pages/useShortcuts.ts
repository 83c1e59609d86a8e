import { onMounted, onUnmounted } from "vue";

export interface Shortcuts {
  search(): void;
  escape(): void;
  zoom(steps: number): void;
  /** Right and down in steps. */
  pan(x: number, y: number): void;
  fit(): void;
  help(): void;
  layers(): void;
  measure(): void;
  style(): void;
  trails(): void;
  follow(): void;
  fold(): void;
  /** To the button, not the deed: one stray key must not acknowledge an alarm. */
  acknowledge(): void;
  alarms(): void;
}

const byKey: Record<string, (shortcuts: Shortcuts) => void> = {
  "/": (s) => s.search(),
  Escape: (s) => s.escape(),
  "+": (s) => s.zoom(1),
  "=": (s) => s.zoom(1),
  "-": (s) => s.zoom(-1),
  _: (s) => s.zoom(-1),
  f: (s) => s.fit(),
  "?": (s) => s.help(),
  "？": (s) => s.help(),
  g: (s) => s.layers(),
  m: (s) => s.measure(),
  n: (s) => s.style(),
  t: (s) => s.trails(),
  l: (s) => s.follow(),
  b: (s) => s.fold(),
  a: (s) => s.acknowledge(),
  q: (s) => s.alarms(),
};
const arrows: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The wall's keys. Silent while someone types or a dialog is open; arrows move the map unless a list has the focus. */
export function useShortcuts(shortcuts: Shortcuts): void {
  function pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    const target = event.target as HTMLElement | null;
    if (target?.closest("input, textarea, select, dialog[open]") && event.key !== "Escape") return;
    if (target?.closest("dialog[open]")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const arrow = arrows[key];
    if (arrow && !target?.closest('[role="tree"], [role="radiogroup"], aside')) {
      event.preventDefault();
      shortcuts.pan(...arrow);
    } else if (byKey[key]) {
      if (key === "/") event.preventDefault();
      byKey[key](shortcuts);
    }
  }
  onMounted(() => addEventListener("keydown", pressed));
  onUnmounted(() => removeEventListener("keydown", pressed));
}
