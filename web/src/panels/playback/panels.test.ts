import { describe, expect, it, vi } from "vitest";
import { type Component, createSSRApp, h } from "vue";
import { renderToString } from "vue/server-renderer";
import { makeI18n } from "../../i18n";
import { playbackEn } from "../../i18n/playback.en";
import { playbackZhCN } from "../../i18n/playback.zh-CN";
import { AreaTree } from "../../state/areas";
import FixCard from "./FixCard.vue";
import ReasonDialog from "./ReasonDialog.vue";
import SidePanel from "./SidePanel.vue";
import TransportBar from "./TransportBar.vue";

vi.stubGlobal("ResizeObserver", class {});
const tree = new AreaTree([
  { id: 1, code: "140106", name: "迎泽区", nameEn: "Yingze", kind: "district", parent: null, bounds: null } as never,
]);
const iso = (minute: number) => new Date(Date.UTC(2026, 10, 22, 2, minute)).toISOString();
const summary = {
  worker: "W1",
  from: iso(0),
  to: iso(59),
  fixes: 200,
  dropped: 3,
  lengthMeters: 1234,
  movingSeconds: 900,
  averageSpeedMps: 1.4,
  topSpeedMps: null,
  trips: [{ from: iso(0), to: iso(15), lengthMeters: 1234, movingSeconds: 900, averageSpeedMps: 1.4, topSpeedMps: 3 }],
  stops: [{ from: iso(15), to: iso(20), longitude: 112.5, latitude: 37.8, area: "140106" }],
  gaps: [{ from: iso(20), to: iso(40) }],
  visits: [{ area: "140106", from: iso(0), to: iso(20), lengthMeters: 1200 }],
};
const fix = {
  row: 0,
  index: 3,
  name: null,
  fixAt: Date.parse(iso(1)),
  ms: Date.parse(iso(1)),
  longitude: 112.5,
  latitude: 37.8,
  speedMps: 1.5,
  headingDegrees: null,
  accuracyMeters: 8,
  altitudeMeters: null,
  batteryPercent: 70,
  flags: ["late", "mock"] as const,
  device: 7,
};
const side = {
  person: { row: 0, code: "W1", name: "Wang", color: "#58a6ff", offsetMs: 0, fixes: 200 },
  summary,
  summaryProblem: null,
  fix,
  chart: null,
  shown: { from: 0, to: 1 },
  now: Date.parse(iso(16)),
  clock: () => 0,
  tree,
  counts: new Map([["140106", 5]]),
  near: [{ row: 0, code: "W1", name: "Wang", meters: 12.4 }],
  nearMeters: 200,
  marks: [
    {
      id: "sos-0-1",
      kind: "sos",
      key: "W1",
      worker: "W1",
      name: "Wang",
      ms: Date.parse(iso(5)),
      text: "Wang called for help",
      by: "2 fixes of it",
      row: 0,
      isRemovable: false,
    },
    {
      id: "n1-0",
      kind: "note",
      key: "W1",
      worker: "W1",
      name: "Wang",
      ms: Date.parse(iso(7)),
      text: "talks to a resident",
      by: "duty",
      row: 0,
      isRemovable: true,
    },
  ],
  marksProblem: null,
  marksBusy: false,
  following: false,
  theme: "night",
};

function rendered(component: Component, props: object, language: "zh-CN" | "en" = "en"): Promise<string> {
  const i18n = makeI18n(language);
  i18n.global.mergeLocaleMessage("zh-CN", { playback: playbackZhCN });
  i18n.global.mergeLocaleMessage("en", { playback: playbackEn });
  return renderToString(createSSRApp({ render: () => h(component, props) }).use(i18n));
}

describe("playback panels", { timeout: 60_000 }, () => {
  it("list trips, stops and silences in order of time, with what is going on marked", async () => {
    const html = await rendered(SidePanel, { ...side, tab: "trips" });
    const kinds = [...html.matchAll(/data-kind="(\w+)"/g)].map((match) => match[1]);
    expect(kinds).toEqual(["trip", "stop", "gap"]);
    expect(/class="[^"]*stop[^"]*on/.test(html)).toBe(true);
    expect(html).toContain("Yingze");
  });

  it("say it when the server's trips and stops could not be read, and that the timeline goes on", async () => {
    const html = await rendered(SidePanel, {
      ...side,
      tab: "trips",
      summary: null,
      summaryProblem: "Too many requests.",
    });
    expect(html).toContain("Too many requests.");
    expect(html).toContain("the timeline follows the fixes");
  });

  it("list calls for help and notes, with a way to who was near and to delete one's own", async () => {
    const html = await rendered(SidePanel, { ...side, tab: "marks" });
    expect([...html.matchAll(/data-kind="(\w+)"/g)].map((match) => match[1])).toEqual(["sos", "note"]);
    expect(html.match(/mark-nearby/g)).toHaveLength(1);
    expect(html).toContain("Delete note: talks to a resident");
    expect(html).toContain('maxlength="500"');
  });

  it("have words for every key on every tab in both languages", async () => {
    for (const language of ["zh-CN", "en"] as const) {
      for (const tab of ["inside", "trips", "visits", "fix", "marks", "near"]) {
        expect(await rendered(SidePanel, { ...side, tab }, language), `${tab} ${language}`).not.toMatch(
          /playback\.\w|card\.|unit\./,
        );
      }
    }
  });

  it("tell what the phone did not say as unsaid, and each flag in words", async () => {
    const html = await rendered(FixCard, { fix, of: 200 });
    expect(html).toContain("not reported");
    expect(html).toContain("sent late");
    expect(html).toContain("mock location");
    expect(html).toContain("Fix 4 of 200");
  });

  it("ask why with the limits of the server on the words", async () => {
    const html = await rendered(ReasonDialog, { known: null });
    expect(html).toContain('maxlength="200"');
    expect(html).toContain('maxlength="60"');
  });

  it("show the speed without its sign, and say that it runs backwards", async () => {
    const bar = {
      now: Date.parse(iso(1)),
      playing: true,
      waiting: false,
      live: false,
      looping: false,
      beside: null,
      trailSeconds: 300,
      disabled: false,
    };
    const html = await rendered(TransportBar, { ...bar, speed: -120 });
    expect(html).toContain("Playing backwards");
    expect(html).toContain('<select value="120" data-testid="speed"');
  });
});
