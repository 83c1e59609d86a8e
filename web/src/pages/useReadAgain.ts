import { computed, watch } from "vue";
import type { Refusal } from "../panels/playback/refusals";
import { backoffMs } from "../wire/backoff";
import { useCountdown } from "./useCountdown";
import type { PlaybackFigures } from "./usePlayback";

const SOONEST_S = 2;

interface Wants {
  figures: { readonly value: PlaybackFigures };
  refusal: { readonly value: Refusal | null };
  readOn(): void;
  random?: () => number;
}

/** Seconds until the page asks again by itself; null where asking the same again would change nothing. @param attempt in a row, from 0 */
export function againAfter(refusal: Refusal | null, attempt: number, random: number): number | null {
  if (refusal?.key === "away") return Math.max(SOONEST_S, backoffMs(attempt, random) / 1000);
  // The server has said when; not all pages at that very moment.
  if (refusal?.key === "tooMany") return refusal.seconds * (1 + random / 4);
  return null;
}

/** While the server is away, what is missing of a replay is asked for again and again, ever more seldom, and the page says when. */
export function useReadAgain({ figures, refusal, readOn, random = Math.random }: Wants) {
  let attempt = 0;
  const countdown = useCountdown(readOn);
  const isStuck = computed(() => figures.value.unread && !figures.value.loading && refusal.value !== null);
  watch(isStuck, (stuck) => {
    const seconds = stuck ? againAfter(refusal.value, attempt++, random()) : null;
    if (seconds === null) countdown.stop();
    else countdown.start(seconds);
  });
  watch(
    () => figures.value.fixes > 0 && refusal.value === null,
    (comes) => {
      if (comes) attempt = 0;
    },
  );
  /** 0 while nothing is about to be asked. */
  return { againIn: countdown.left };
}
