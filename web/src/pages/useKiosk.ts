import { onUnmounted, ref, shallowRef } from "vue";
import type { AreaTree } from "../state/areas";
import { type KioskView, RELOAD_AT_MOST_EVERY_MS, scriptOf, stuck, untilReload, viewsOf } from "../state/kiosk";
import { api, type Session } from "../wire/api";
import type { KioskInfo } from "../wire/contracts.gen";
import { reloadedAt, reloadPage } from "./reloadPage";

const CHECK_EVERY_MS = 10_000;
const ASK_EVERY_MS = 60_000;

export interface KioskDeps {
  session: Session;
  /** Shows one area. */
  show(code: string): void;
  /** The kiosk's own settings came or changed. */
  configured(kiosk: KioskInfo): void;
  flushedAt(): number;
  contextLostAt(): number | null;
}

/** A wall nobody stands at: cycles its views, follows its settings, and loads itself again when due, stuck or outdated. */
export function useKiosk(deps: KioskDeps) {
  const name = ref<string | null>(null);
  const views = shallowRef<KioskView[]>([]);
  const at = ref(0);
  let tree: AreaTree | null = null;
  let settings: KioskInfo | null = null;
  let fingerprint = "";
  /** The settings changed after this page came; an area unknown from the start stays so after a reload. */
  let rearranged = false;
  let step: ReturnType<typeof setTimeout> | undefined;
  /** Views stand still until then: an alarm is looked at. */
  let heldUntil = 0;
  let nightly: ReturnType<typeof setTimeout> | undefined;
  const timers: ReturnType<typeof setInterval>[] = [];
  const script = scriptOf(document.documentElement.outerHTML);

  function start(areas: AreaTree): void {
    tree = areas;
    arrange();
    if (timers.length > 0) return;
    timers.push(setInterval(watchdog, CHECK_EVERY_MS), setInterval(ask, ASK_EVERY_MS));
    void ask();
  }

  function arrange(): void {
    if (!tree) return;
    views.value = viewsOf(settings?.views, tree, deps.session.area);
    at.value = 0;
    turn();
  }

  function turn(): void {
    clearTimeout(step);
    const view = views.value[at.value];
    if (!view) return;
    deps.show(view.area);
    step = setTimeout(next, view.seconds * 1000);
  }

  function next(): void {
    const held = heldUntil - Date.now();
    if (held > 0) {
      step = setTimeout(next, held);
      return;
    }
    at.value = (at.value + 1) % views.value.length;
    turn();
  }

  /** Keeps the present look for so long. */
  function hold(ms: number): void {
    heldUntil = Date.now() + ms;
  }

  /** Settings changed at the desk show within a minute, and so does a newer version of this page. */
  async function ask(): Promise<void> {
    if (deps.session.kiosk !== null) await configure();
    await checkVersion();
  }

  async function configure(): Promise<void> {
    try {
      settings = await api.ownKiosk();
    } catch {
      return; // Away or not a kiosk: what was arranged goes on. A revoked kiosk's wall is signed out by its own line.
    }
    const { lastSeenAt: _, ...own } = settings;
    const next = JSON.stringify(own);
    rearranged ||= fingerprint !== "" && next !== fingerprint;
    if (rearranged) reloadForNewArea(settings);
    if (next === fingerprint) return;
    fingerprint = next;
    name.value = settings.name;
    deps.configured(settings);
    arrange();
    clearTimeout(nightly);
    const wait = untilReload(settings.reloadAt, Date.now(), Math.random());
    if (wait !== null) nightly = setTimeout(reload, wait);
  }

  /** An area made after this page came is not in its tree. */
  function reloadForNewArea({ views }: KioskInfo): void {
    const isNew = views?.some((view) => tree && !tree.find(view.area)) ?? false;
    if (isNew && Date.now() - reloadedAt() > RELOAD_AT_MOST_EVERY_MS) void reload();
  }

  async function checkVersion(): Promise<void> {
    if (!script) return;
    try {
      const answer = await fetch("/", { cache: "no-store", signal: AbortSignal.timeout(10_000) });
      const now = answer.ok ? scriptOf(await answer.text()) : null;
      if (now && now !== script && Date.now() - reloadedAt() > RELOAD_AT_MOST_EVERY_MS) void reload();
    } catch {
      // Away: the wall says so itself.
    }
  }

  function watchdog(): void {
    const reason = stuck({
      now: Date.now(),
      visible: !document.hidden,
      flushedAt: deps.flushedAt(),
      contextLostAt: deps.contextLostAt(),
      reloadedAt: reloadedAt(),
    });
    if (!reason) return;
    console.warn(`The wall is loaded again: ${reason}`);
    void reload();
  }

  async function reload(): Promise<void> {
    if (await reloadPage()) return;
    clearTimeout(nightly);
    nightly = setTimeout(reload, ASK_EVERY_MS);
  }

  onUnmounted(() => {
    clearTimeout(step);
    clearTimeout(nightly);
    for (const timer of timers) clearInterval(timer);
  });

  return { name, views, at, start, hold };
}
