import { describe, expect, it, vi } from "vitest";
import { createSSRApp, h } from "vue";
import { renderToString } from "vue/server-renderer";
import { makeI18n } from "../i18n";
import { playbackEn } from "../i18n/playback.en";
import { playbackZhCN } from "../i18n/playback.zh-CN";
import { usePlaceSearch } from "./usePlaceSearch";

const near = (worker: string, left: string | null) => ({ worker, name: worker, role: "gridWorker", area: "1", left });
vi.mock("../wire/nearApi", () => ({
  workersNear: async () => ({ items: [near("W1", null), near("W2", "2026-11-20T02:00:00Z")], more: 0, outside: 3 }),
}));

describe("who was near a place", () => {
  it("is told with who left since, in the page's language also after that has been changed", async () => {
    const i18n = makeI18n("zh-CN");
    i18n.global.mergeLocaleMessage("zh-CN", { playback: playbackZhCN });
    i18n.global.mergeLocaleMessage("en", { playback: playbackEn });
    const told: { code: string; left?: string | null }[] = [];
    let search: ReturnType<typeof usePlaceSearch> | undefined;
    const component = {
      setup() {
        search = usePlaceSearch({
          play: { withReason: (act: () => void) => act(), reason: { value: { text: "x" } } } as never,
          roster: { tell: (who: { code: string }) => told.push(who) } as never,
          by: { value: "near" },
          draft: { value: {} as never },
          show: vi.fn(),
          explain: String,
          point: vi.fn(),
          isPointing: () => false,
        });
        return () => h("p");
      },
    };
    await renderToString(createSSRApp(component).use(i18n));
    search?.openAt([112.5, 37.8], 1_790_000_000_000);
    search?.find();
    await vi.waitFor(() => expect(search?.found.value).toContain("其中 1 人现已离册"));
    expect(told.map((who) => who.left)).toEqual([null, "2026-11-20T02:00:00Z"]);
    (i18n.global.locale as unknown as { value: string }).value = "en";
    expect(search?.found.value).toContain("1 of them have left the roster since");
    expect(search?.found.value).not.toMatch(/\p{Script=Han}/u);
  });
});
