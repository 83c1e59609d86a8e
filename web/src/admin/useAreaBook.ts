import { ref, shallowRef } from "vue";
import { useI18n } from "vue-i18n";
import { type AreaNode, AreaTree } from "../state/areas";
import type { AreaInfo } from "../wire/contracts.gen";

/** One line of an area chooser. */
export interface AreaChoice {
  code: string;
  name: string;
  depth: number;
  /** Where it lies, for choices out of their tree. */
  above: string;
}

const FOUND_AT_MOST = 50;
/** So long areas that were read are taken for the present ones. */
const FRESH_FOR_MS = 30_000;
/** District, subdistricts and communities; what lies deeper shows when it is chosen or searched for. */
const LEVELS_SHOWN = 3;

/** The person's areas, loaded once for all pages: names, paths and the options of the choosers. */
export function useAreaBook(load: () => Promise<AreaInfo[]>) {
  const { locale } = useI18n({ useScope: "global" });
  const tree = shallowRef<AreaTree | null>(null);
  const problem = ref<unknown>(null);
  let running: Promise<void> | null = null;
  let readAt = 0;

  const nameOf = (area: AreaInfo) => (locale.value === "en" ? (area.nameEn ?? area.name) : area.name);
  const above = (node: AreaNode) =>
    node.parent && tree.value
      ? tree.value
          .path(node.parent)
          .map((at) => nameOf(at.area))
          .join(" / ")
      : "";
  const choice = (node: AreaNode, depth: number): AreaChoice => ({
    code: node.area.code,
    name: nameOf(node.area),
    depth,
    above: above(node),
  });

  /** The upper levels, and the branch that leads to what is chosen with what lies under it. */
  function* browse(nodes: readonly AreaNode[], open: ReadonlySet<AreaNode>): Generator<AreaChoice> {
    for (const node of nodes) {
      if (node.depth >= LEVELS_SHOWN && !open.has(node) && !(node.parent && open.has(node.parent))) continue;
      yield choice(node, node.depth);
      yield* browse(node.children, open);
    }
  }

  async function read(): Promise<void> {
    readAt = Date.now();
    try {
      tree.value = new AreaTree(await load());
      problem.value = null;
    } catch (error) {
      problem.value = error;
    }
  }

  function start(): Promise<void> {
    const mine = read().finally(() => {
      if (running === mine) running = null;
    });
    running = mine;
    return mine;
  }

  /** @param again also when there are areas already */
  function loadAreas(again = false): Promise<void> {
    if (tree.value && !again) return Promise.resolve();
    if (!running) return start();
    // What is being read may be from before the change that is to be seen.
    return again ? running.then(start) : running;
  }

  return {
    tree,
    problem,
    /** What a chooser lists: found by the text, or the tree when there is none; what is chosen is always among it. */
    choices(text: string, chosen: string): AreaChoice[] {
      const now = tree.value;
      if (!now) return [];
      const at = now.find(chosen);
      if (!text.trim()) return [...browse(now.roots, new Set(at ? now.path(at) : []))];
      const found = now.search(text, FOUND_AT_MOST).map((node) => choice(node, 0));
      return at && !found.some(({ code }) => code === chosen) ? [...found, choice(at, 0)] : found;
    },
    nameOf,
    /** The area's name with its code, which tells two of one name apart. */
    label(code: string | null | undefined): string {
      const node = tree.value?.find(code);
      if (node) return nameOf(node.area);
      return code && !tree.value && !problem.value ? "…" : (code ?? "–");
    },
    /** From the top down: `Yingze / Liuxiang / …`. */
    path(code: string | null | undefined): string {
      const node = tree.value?.find(code);
      return node && tree.value
        ? tree.value
            .path(node)
            .map((at) => nameOf(at.area))
            .join(" / ")
        : (code ?? "–");
    },
    load: loadAreas,
    /** Reads what others may have changed meanwhile: an import elsewhere, a new name. */
    refresh(): void {
      if (Date.now() - readAt >= FRESH_FOR_MS) void loadAreas(true);
    },
  };
}

export type AreaBook = ReturnType<typeof useAreaBook>;
