import { shallowRef } from "vue";
import { PinyinIndex } from "../state/pinyin";

const index = shallowRef<PinyinIndex | null>(null);
let asked = false;

/** The pinyin dictionary, fetched when a search box is first used; null until then, and names are found as they are written. */
export function usePinyin() {
  async function load(): Promise<void> {
    if (asked) return;
    asked = true;
    try {
      const { pinyin } = await import("pinyin-pro");
      index.value = new PinyinIndex((name) =>
        pinyin(name, { toneType: "none", type: "array", surname: "head", nonZh: "consecutive", v: true }),
      );
    } catch {
      asked = false; // The server is away: the next search asks again.
    }
  }
  return { index, load };
}
