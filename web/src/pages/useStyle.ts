import { onUnmounted, ref, watch } from "vue";
import { isStyleChoice, type Style, type StyleChoice, styleAt, styleChoices } from "../state/dayNight";

const REMEMBERED = "style";
const LOOK_EVERY_MS = 60_000;

/** Night or day on this screen: chosen, remembered here, or by the center's hour. The page's colours follow. */
export function useStyle(fromAddress: StyleChoice | null, now: () => number = Date.now) {
  const choice = ref<StyleChoice>(fromAddress ?? remembered() ?? "night");
  const style = ref<Style>(styleAt(choice.value, now()));
  const look = () => {
    style.value = styleAt(choice.value, now());
  };
  watch(choice, look);
  // Sync, so that who reads the colours in a watcher of its own reads the new ones.
  watch(style, dress, { immediate: true, flush: "sync" });
  const timer = setInterval(look, LOOK_EVERY_MS);
  onUnmounted(() => clearInterval(timer));

  return {
    choice,
    style,
    choose(next: StyleChoice): void {
      choice.value = next;
      try {
        localStorage.setItem(REMEMBERED, next);
      } catch {
        // Storage may be switched off on a kiosk: the choice then lives in the address only.
      }
    },
    next(): void {
      this.choose(styleChoices[(styleChoices.indexOf(choice.value) + 1) % styleChoices.length]);
    },
  };
}

function dress(style: Style): void {
  document.documentElement.dataset.style = style;
  const ground = getComputedStyle(document.documentElement).getPropertyValue("--bg").trim();
  document.querySelector('meta[name="theme-color"]')?.setAttribute("content", ground);
}

/** What this browser shows before anyone is signed in, too. */
export function remembered(): StyleChoice | null {
  try {
    const kept = localStorage.getItem(REMEMBERED);
    return isStyleChoice(kept) ? kept : null;
  } catch {
    return null;
  }
}
