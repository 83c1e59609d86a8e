const RELOADED = "reloaded";
const ANSWER_WITHIN_MS = 10_000;

/** This page last loaded itself again at this time (ms, this screen's clock); 0 never. */
export const reloadedAt = (): number => Number(sessionStorage.getItem(RELOADED)) || 0;

/**
 * Only while the server answers: a page that cannot be fetched again would leave an error page on the screen for ever.
 * @returns false when it did not answer
 */
export async function reloadPage(): Promise<boolean> {
  try {
    const answer = await fetch("/", { cache: "no-store", signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    if (!answer.ok) return false;
  } catch {
    return false;
  }
  sessionStorage.setItem(RELOADED, String(Date.now()));
  location.reload();
  return true;
}
