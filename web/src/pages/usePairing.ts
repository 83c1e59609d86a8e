import { onMounted, onUnmounted, ref } from "vue";
import { ApiProblem, type Session } from "../wire/api";
import { backoffMs } from "../wire/backoff";
import type { KioskPairing } from "../wire/contracts.gen";
import { beginPairing, fetchPairedSession } from "../wire/pairing";

const ASK_EVERY_MS = 2000;
/** How long a code lives, for the countdown alone: the server says when it ends, since a display's clock may be years off. */
const LIVES_MS = 10 * 60_000;

/** Shows a code, waits until it is entered, takes a new one when it expires, and goes on for ever while the server is away. */
export function usePairing(paired: (session: Session) => void) {
  const code = ref<string | null>(null);
  const secondsLeft = ref(0);
  const trouble = ref<{ key: "away" | "refused"; detail: string; n: number } | null>(null);
  // In memory alone: whoever has the secret gets the display's session.
  let pairing: KioskPairing | null = null;
  let shownAt = 0;
  let attempt = 0;
  let next = 0;
  let ended = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ticker: ReturnType<typeof setInterval> | undefined;

  async function step(): Promise<void> {
    try {
      if (!pairing) await renew();
      const answer = pairing && (await fetchPairedSession(pairing));
      if (ended) return;
      trouble.value = null;
      attempt = 0;
      if (answer === "expired") pairing = null;
      else if (answer) {
        paired(answer);
        return;
      }
      again(answer === "expired" ? 0 : ASK_EVERY_MS * (0.75 + Math.random() / 2));
    } catch (error) {
      if (ended) return;
      const known = error instanceof ApiProblem ? error : new ApiProblem(0, null, String(error), null);
      const wait = Math.max((known.retryAfterSeconds ?? 0) * 1000, 1000 + backoffMs(attempt++, Math.random()));
      const refused = known.status > 0 && known.status < 500;
      // A code whose secret is no longer taken must not stay on the screen.
      if (refused && known.status !== 429) forget();
      trouble.value = {
        key: refused ? "refused" : "away",
        detail: known.detail ?? String(known.status),
        n: Math.ceil(wait / 1000),
      };
      again(wait);
    }
  }

  async function renew(): Promise<void> {
    forget();
    const fresh = await beginPairing();
    if (ended) return;
    pairing = fresh;
    shownAt = performance.now();
    code.value = fresh.code;
  }

  function forget(): void {
    pairing = null;
    code.value = null;
  }

  function again(ms: number): void {
    next = performance.now() + ms;
    timer = setTimeout(step, ms);
  }

  onMounted(() => {
    void step();
    ticker = setInterval(() => {
      secondsLeft.value = pairing ? Math.max(0, Math.ceil((LIVES_MS - performance.now() + shownAt) / 1000)) : 0;
      if (trouble.value)
        trouble.value = { ...trouble.value, n: Math.max(0, Math.ceil((next - performance.now()) / 1000)) };
    }, 1000);
  });
  onUnmounted(() => {
    ended = true;
    clearTimeout(timer);
    clearInterval(ticker);
  });

  return { code, secondsLeft, trouble };
}
