import { describe, expect, it } from "vitest";
import { createSSRApp, h } from "vue";
import { renderToString } from "vue/server-renderer";
import { makeI18n } from "../i18n";
import { playbackEn } from "../i18n/playback.en";
import { playbackZhCN } from "../i18n/playback.zh-CN";
import { useNotices } from "./useNotices";

describe("a notice above the map", () => {
  it("is told in the page's language, also after that has been changed", async () => {
    const i18n = makeI18n("zh-CN");
    i18n.global.mergeLocaleMessage("zh-CN", { playback: playbackZhCN });
    i18n.global.mergeLocaleMessage("en", { playback: playbackEn });
    let notices: ReturnType<typeof useNotices> | undefined;
    const component = {
      setup() {
        notices = useNotices({ key: "playback.chooser.cutAddress", n: 1234 });
        return () => h("p");
      },
    };
    await renderToString(createSSRApp(component).use(i18n));
    expect(notices?.told.value).toContain("后面的 1,234 人没有读取");
    (i18n.global.locale as unknown as { value: string }).value = "en";
    expect(notices?.told.value).toMatch(/1,234/);
    expect(notices?.told.value).not.toMatch(/\p{Script=Han}/u);
    if (notices) notices.notice.value = null;
    expect(notices?.told.value).toBeNull();
  });
});
