import { afterEach, describe, expect, it, vi } from "vitest";
import { createSSRApp, h } from "vue";
import { renderToString } from "vue/server-renderer";
import { makeI18n } from "../i18n";
import { playbackEn } from "../i18n/playback.en";
import { playbackZhCN } from "../i18n/playback.zh-CN";
import { AreaTree } from "../state/areas";

vi.mock("../map/playbackMap", () => ({ PlaybackMap: class {} }));
vi.mock("../wire/tracksFeed", () => ({ SignalRTracksFeed: class {} }));

const area = {
  id: 1,
  code: "140106",
  name: "迎泽区",
  nameEn: "Yingze",
  kind: "district",
  gridType: null,
  parent: null,
};
const tree = new AreaTree([{ ...area, bounds: [112.5, 37.8, 112.6, 37.9], center: null, geometry: null } as never]);
const session = { user: "duty", role: "dispatcher", area: "140106", csrf: "x", demo: true, timeZone: "Asia/Shanghai" };

const settings = { gapSeconds: 120, gapIntervals: 3, trackEndSeconds: 900, maxWorkerHours: 48, maxAreaHours: 1 };

/** The desk as it first stands, before any script of a browser: what its setup or template trips over fails here. */
async function rendered(language: "zh-CN" | "en", search = ""): Promise<string> {
  vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener() {} }));
  vi.stubGlobal("location", { search, pathname: "/playback", origin: "http://x" });
  vi.stubGlobal("ResizeObserver", class {});
  vi.stubGlobal("document", { documentElement: { dataset: {} }, querySelector: () => null });
  vi.stubGlobal("getComputedStyle", () => ({ getPropertyValue: () => "" }));
  const { default: PlaybackDesk } = await import("./PlaybackDesk.vue");
  const i18n = makeI18n(language);
  i18n.global.mergeLocaleMessage("zh-CN", { playback: playbackZhCN });
  i18n.global.mergeLocaleMessage("en", { playback: playbackEn });
  const app = createSSRApp({ render: () => h(PlaybackDesk, { session: session as never, tree, settings }) });
  return renderToString(app.use(i18n));
}

describe("the playback desk", { timeout: 60_000 }, () => {
  afterEach(() => vi.unstubAllGlobals());

  it("stands in Chinese with nothing chosen, and says what to do", async () => {
    const html = await rendered("zh-CN");
    expect(html).toContain("选人、选时间，然后开始回放");
    expect(html).toContain('data-testid="timeline-plot"');
    expect(html).not.toContain("playback.");
  });

  it("stands in English without a word of Chinese but the switch and names", async () => {
    const html = await rendered("en", "?area=140106");
    expect(html).toContain("Choose people and a time, then replay");
    expect(html).not.toContain("playback.");
    expect(html.replaceAll("中文", "")).not.toMatch(/\p{Script=Han}/u);
  });
});
