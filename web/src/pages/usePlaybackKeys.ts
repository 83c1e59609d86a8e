import { onMounted, onUnmounted } from "vue";

export interface PlaybackKeys {
  toggle(): void;
  run(direction: 1 | -1): void;
  pause(): void;
  jump(minutes: number): void;
  stepFix(direction: 1 | -1): void;
  edge(end: 1 | -1): void;
  faster(by: 1 | -1): void;
  zoomTime(steps: 1 | -1): void;
  wholeTime(): void;
  loop(): void;
  follow(): void;
  fit(): void;
  beside(): void;
  clean(): void;
  note(): void;
  still(): void;
  style(): void;
  help(): void;
  search(): void;
  escape(): void;
}

const byKey: Record<string, (keys: PlaybackKeys, shift: boolean) => void> = {
  " ": (k) => k.toggle(),
  j: (k) => k.run(-1),
  k: (k) => k.pause(),
  l: (k) => k.run(1),
  ArrowLeft: (k, shift) => k.jump(shift ? -10 : -1),
  ArrowRight: (k, shift) => k.jump(shift ? 10 : 1),
  ArrowUp: (k) => k.faster(1),
  ArrowDown: (k) => k.faster(-1),
  ",": (k) => k.stepFix(-1),
  "，": (k) => k.stepFix(-1),
  ".": (k) => k.stepFix(1),
  "。": (k) => k.stepFix(1),
  Home: (k) => k.edge(-1),
  End: (k) => k.edge(1),
  "+": (k) => k.zoomTime(1),
  "=": (k) => k.zoomTime(1),
  "-": (k) => k.zoomTime(-1),
  "0": (k) => k.wholeTime(),
  r: (k) => k.loop(),
  f: (k) => k.follow(),
  g: (k) => k.fit(),
  c: (k) => k.beside(),
  x: (k) => k.clean(),
  m: (k) => k.note(),
  s: (k) => k.still(),
  n: (k) => k.style(),
  "?": (k) => k.help(),
  "？": (k) => k.help(),
  "/": (k) => k.search(),
  Escape: (k) => k.escape(),
};
/** Keys by which the focused thing itself is worked: a list's arrows, a button's space. */
const OWN_ARROWS = '[role="tree"], [role="tablist"], [role="radiogroup"], .hits, [role="tabpanel"]:focus';
const OWN_SPACE = "button, a, [role=treeitem]";

/** A video player's keys. Silent while someone types or a dialog is open; lists keep their arrows, buttons their space bar. */
export function usePlaybackKeys(keys: PlaybackKeys): void {
  function pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    const target = event.target as HTMLElement | null;
    // Whatever has the focus: a dialog's own button may have been disabled under it.
    if (document.querySelector("dialog[open]")) return;
    if (target?.closest("input, textarea, select") && event.key !== "Escape") return;
    if (/^(Arrow|Home|End)/.test(event.key) && target?.closest(OWN_ARROWS)) return;
    if (event.key === " " && target?.closest(OWN_SPACE)) return;
    const act = byKey[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act(keys, event.shiftKey);
  }
  onMounted(() => addEventListener("keydown", pressed));
  onUnmounted(() => removeEventListener("keydown", pressed));
}
