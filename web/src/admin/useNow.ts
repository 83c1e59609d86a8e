import { onMounted, onUnmounted, ref } from "vue";

const TICK_MS = 5000;

/** The moment by which ages are told: they grow while a page stays open. */
export const now = ref(Date.now());

/** Keeps {@link now} going while the component is there. */
export function useNow(): void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = () => {
    now.value = Date.now();
  };
  onMounted(() => {
    tick();
    timer = setInterval(tick, TICK_MS);
  });
  onUnmounted(() => clearInterval(timer));
}
