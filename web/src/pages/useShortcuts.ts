import { onMounted, onUnmounted } from "vue";

export interface Shortcuts {
  search(): void;
  escape(): void;
  zoom(steps: number): void;
  fit(): void;
  help(): void;
}

/** The wall's keys. Silent while someone types or a dialog is open. */
export function useShortcuts(shortcuts: Shortcuts): void {
  function pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target as HTMLElement | null;
    if (target?.closest("input, textarea, select, dialog[open]")) return;
    switch (event.key) {
      case "/":
        event.preventDefault();
        shortcuts.search();
        break;
      case "Escape":
        shortcuts.escape();
        break;
      case "+":
      case "=":
        shortcuts.zoom(1);
        break;
      case "-":
      case "_":
        shortcuts.zoom(-1);
        break;
      case "f":
      case "F":
        shortcuts.fit();
        break;
      case "?":
      case "？":
        shortcuts.help();
        break;
    }
  }
  onMounted(() => addEventListener("keydown", pressed));
  onUnmounted(() => removeEventListener("keydown", pressed));
}
