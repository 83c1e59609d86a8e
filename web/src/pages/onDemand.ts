import { type AsyncComponentLoader, type Component, defineAsyncComponent } from "vue";
import { RELOAD_AT_MOST_EVERY_MS } from "../state/kiosk";
import { backoffMs } from "../wire/backoff";
import { reloadedAt, reloadPage } from "./reloadPage";

const loaders: AsyncComponentLoader[] = [];
const FETCH_AHEAD_AFTER_MS = 4000;

/**
 * A component of a file of its own, fetched when it is first shown and asked for until it comes. A browser may keep the failure as the
 * answer: then {@link reloadWhenReplaced} helps, which hears of each attempt.
 */
export function lazily<T extends Component>(load: () => Promise<{ default: T }>): T {
  return defineAsyncComponent({
    loader: load as AsyncComponentLoader,
    onError(error, retry, _, attempts) {
      console.warn(error.message);
      setTimeout(retry, 1000 + backoffMs(attempts, Math.random()));
    },
  }) as unknown as T;
}

/** A panel that the first picture does not need. */
export function onDemand<T extends Component>(load: () => Promise<{ default: T }>): T {
  loaders.push(load as AsyncComponentLoader);
  return lazily(load);
}

/** Fetches such panels once the picture stands, so that they open at once, and also while the server is away. */
export function fetchAhead(): void {
  setTimeout(() => {
    for (const load of loaders) load().catch(() => {}); // Asked for again when it is needed.
  }, FETCH_AHEAD_AFTER_MS);
}

/**
 * A part of this page that cannot be fetched usually belongs to a version the server no longer has. The address holds the view, so
 * the newer page opens where this one was; while the server is away nothing is reloaded, and a part missing there too not twice.
 */
export function reloadWhenReplaced(): void {
  let asked = false;
  addEventListener("vite:preloadError", async () => {
    if (asked || Date.now() - reloadedAt() < RELOAD_AT_MOST_EVERY_MS) return;
    asked = true;
    asked = await reloadPage();
  });
}
