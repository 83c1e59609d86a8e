/** Changes that follow each other within this, ms, are one: a slider that is dragged over weeks asks once it rests. */
const SETTLE_MS = 150;

/** Calls at the first change, and after others in quick succession when the last of them is over. */
export function settled(run: () => void): { call(): void; end(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = Number.NEGATIVE_INFINITY;
  return {
    call(): void {
      const now = performance.now();
      const isFirst = now - last > SETTLE_MS;
      last = now;
      clearTimeout(timer);
      if (isFirst) run();
      else timer = setTimeout(run, SETTLE_MS);
    },
    end: () => clearTimeout(timer),
  };
}
