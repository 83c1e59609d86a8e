import { onUnmounted, ref } from "vue";

/** Seconds counting down to zero, then `done`. */
export function useCountdown(done: () => void = () => {}) {
  const left = ref(0);
  let timer: ReturnType<typeof setInterval> | undefined;

  function stop(): void {
    clearInterval(timer);
    timer = undefined;
    left.value = 0;
  }

  function start(seconds: number): void {
    stop();
    left.value = Math.max(1, Math.ceil(seconds));
    timer = setInterval(() => {
      left.value--;
      if (left.value > 0) return;
      stop();
      done();
    }, 1000);
  }

  onUnmounted(stop);
  return { left, start, stop };
}
