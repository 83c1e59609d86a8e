import { describe, expect, it } from "vitest";
import type { AreaInfo } from "../wire/contracts.gen";
import { AreaTree } from "./areas";
import { PinyinIndex, pinyinQuery } from "./pinyin";
import { frame } from "./testing";
import { WorkerStore } from "./workers";

const syllables: Record<string, string[]> = {
  王建国: ["wang", "jian", "guo"],
  吕西安: ["lü", "xi", "an"],
  柳巷街道: ["liu", "xiang", "jie", "dao"],
};
const index = new PinyinIndex((name) => syllables[name] ?? [...name]);

describe("pinyin", () => {
  it.each(["wangjianguo", "wjg", "wangjg", "wjianguo", "jianguo", "jg", "guo", "WangJian", "wang jian guo", "wa"])(
    "finds 王建国 by %s",
    (typed) => expect(index.matches("王建国", typed)).toBe(true),
  );
  it.each(["wg", "ang", "guojian", "wangjianguoo", "王", "13800000000", "", "w1"])("does not find it by %s", (typed) =>
    expect(index.matches("王建国", typed)).toBe(false),
  );
  it("reads ü as v, and xi'an with its apostrophe", () => {
    expect(index.matches("吕西安", "lv")).toBe(true);
    expect(index.matches("吕西安", "lüxi'an")).toBe(true);
  });
  it("takes letters alone for pinyin", () => {
    expect(pinyinQuery("W 042")).toBeNull();
    expect(pinyinQuery("li ming")).toBe("liming");
  });
  it("asks for the reading of a name once", () => {
    let asked = 0;
    const counting = new PinyinIndex((name) => {
      asked++;
      return [...name];
    });
    counting.matches("abc", "a");
    counting.matches("abc", "b");
    expect(asked).toBe(1);
  });
});

describe("searching with pinyin", () => {
  const reads = (name: string, typed: string) => index.matches(name, typed);

  it("finds workers and areas by their names' reading", () => {
    const store = new WorkerStore();
    const names = [{ slot: 3, worker: "140106001", name: "王建国", role: "gridWorker" as const, area: "1" }];
    store.apply(frame({ names }, []));
    expect(store.search("wjg", 5)).toEqual([]);
    expect(store.search("wjg", 5, reads).map((who) => who.worker)).toEqual(["140106001"]);

    const area = { id: 1, code: "140106001", name: "柳巷街道", kind: "subdistrict" } as AreaInfo;
    expect(new AreaTree([area]).search("lxjd", 5, reads)).toHaveLength(1);
  });
});
