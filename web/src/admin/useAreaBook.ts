import { computed, ref, shallowRef } from "vue";
import { useI18n } from "vue-i18n";
import { type AreaNode, AreaTree } from "../state/areas";
import type { AreaInfo } from "../wire/contracts.gen";

/** A node as the tree select takes it. */
export interface AreaOption {
  value: string;
  label: string;
  children?: AreaOption[];
}

/** The person's areas, loaded once for all pages: names, paths and the options of the choosers. */
export function useAreaBook(load: () => Promise<AreaInfo[]>) {
  const { locale } = useI18n({ useScope: "global" });
  const tree = shallowRef<AreaTree | null>(null);
  const problem = ref<unknown>(null);
  let running: Promise<void> | null = null;

  const nameOf = (area: AreaInfo) => (locale.value === "en" ? (area.nameEn ?? area.name) : area.name);
  const option = (node: AreaNode): AreaOption => ({
    value: node.area.code,
    label: nameOf(node.area),
    ...(node.children.length > 0 ? { children: node.children.map(option) } : {}),
  });

  async function read(): Promise<void> {
    try {
      tree.value = new AreaTree(await load());
      problem.value = null;
    } catch (error) {
      problem.value = error;
    } finally {
      running = null;
    }
  }

  return {
    tree,
    problem,
    options: computed(() => tree.value?.roots.map(option) ?? []),
    nameOf,
    /** The area's name with its code, which tells two of one name apart. */
    label(code: string | null | undefined): string {
      const node = tree.value?.find(code);
      return node ? nameOf(node.area) : (code ?? "–");
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
    load(again = false): Promise<void> {
      if (tree.value && !again) return Promise.resolve();
      running ??= read();
      return running;
    },
  };
}

export type AreaBook = ReturnType<typeof useAreaBook>;
