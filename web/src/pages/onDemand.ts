import { type AsyncComponentLoader, type Component, defineAsyncComponent } from "vue";

const loaders: AsyncComponentLoader[] = [];
const FETCH_AHEAD_AFTER_MS = 4000;

/** A panel that the first picture does not need. */
export function onDemand<T extends Component>(load: () => Promise<{ default: T }>): T {
  loaders.push(load as AsyncComponentLoader);
  return defineAsyncComponent(load as AsyncComponentLoader) as unknown as T;
}

/** Fetches such panels once the picture stands, so that they open at once, and also while the server is away. */
export function fetchAhead(): void {
  setTimeout(() => {
    for (const load of loaders) load().catch(() => {}); // Asked for again when it is needed.
  }, FETCH_AHEAD_AFTER_MS);
}

/**
 * A part of this page that cannot be fetched usually belongs to a version the server no longer has. The address holds the view, so
 * the newer page opens where this one was; while the server is away nothing is reloaded.
 */
export function reloadWhenReplaced(): void {
  let asked = false;
  addEventListener("vite:preloadError", async (event) => {
    event.preventDefault();
    if (asked) return;
    asked = true;
    const answers = await fetch("/", { cache: "no-store" }).then(
      (answer) => answer.ok,
      () => false,
    );
    if (answers) location.reload();
    else asked = false;
  });
}
