import { describe, expect, it, vi } from "vitest";
import { type Component, createSSRApp, h } from "vue";
import { renderToString } from "vue/server-renderer";
import { makeI18n } from "../../i18n";
import { playbackEn } from "../../i18n/playback.en";
import { playbackZhCN } from "../../i18n/playback.zh-CN";
import { AreaTree } from "../../state/areas";
import FixCard from "./FixCard.vue";
import PlaybackBars from "./PlaybackBars.vue";
import ReasonDialog from "./ReasonDialog.vue";
import { refusalOf } from "./refusals";
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
  setAside: [],
  setAsideMore: 0,
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
  aside: "mock" as const,
};
const side = {
  person: { row: 0, code: "W1", name: "Wang", color: "#58a6ff", offsetMs: 0, fixes: 200 },
  summary,
  summaryProblem: null,
  lacks: null,
  loading: false,
  fix,
  chart: null,
  shown: { from: 0, to: 1 },
  now: Date.parse(iso(16)),
  clock: () => 0,
  tree,
  counts: new Map([["140106", 5]]),
  near: [
    { row: 0, code: "W1", name: "Wang", meters: 12.4, left: null },
    { row: 1, code: "W2", name: "Li", meters: 20, left: "2026-11-20T02:00:00Z" },
  ],
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
  callsCut: 0,
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

  it("say when calls for help, or fixes set aside, are more than are listed", async () => {
    expect(await rendered(SidePanel, { ...side, tab: "marks" })).not.toContain("calls-cut");
    expect(await rendered(SidePanel, { ...side, tab: "marks", callsCut: 1200 })).toContain("1,200 more calls for help");
    const more = { ...side, tab: "trips", summary: { ...summary, setAsideMore: 77 } };
    expect(await rendered(SidePanel, more, "zh-CN")).toContain("有 77 个服务器没有逐一列出");
  });

  it("say of those who were near who has left the roster since", async () => {
    const html = await rendered(SidePanel, { ...side, tab: "near" });
    expect(html).toContain("near-left-W2");
    expect(html).not.toContain("near-left-W1");
  });

  it("list calls for help and notes, with a way to who was near and to delete one's own", async () => {
    const html = await rendered(SidePanel, { ...side, tab: "marks" });
    expect([...html.matchAll(/data-kind="(\w+)"/g)].map((match) => match[1])).toEqual(["sos", "note"]);
    expect(html.match(/mark-nearby/g)).toHaveLength(1);
    expect(html).toContain("Delete note: talks to a resident");
    expect(html).toContain('maxlength="500"');
  });

  it("show that something comes while it comes, and never call it nothing", async () => {
    const nobody = { ...side, person: null, summary: null, marks: [], loading: true, lacks: "loading" };
    const trips = await rendered(SidePanel, { ...nobody, tab: "trips" });
    expect(trips).toContain("side-loading");
    expect(trips).not.toContain(playbackEn.side.choose);
    expect(await rendered(SidePanel, { ...nobody, tab: "marks" })).not.toContain("marks-none");
  });

  it("say why nobody can be looked at: nothing asked for yet, or no fix in that time", async () => {
    const nobody = { ...side, person: null, summary: null, tab: "trips" };
    expect(await rendered(SidePanel, { ...nobody, lacks: "idle" })).toContain(playbackEn.side.idle);
    expect(await rendered(SidePanel, { ...nobody, lacks: "empty" })).toContain(playbackEn.side.empty);
    expect(await rendered(SidePanel, { ...nobody, lacks: "unread" })).toContain(playbackEn.side.unread);
    expect(await rendered(SidePanel, { ...nobody, lacks: null })).toContain(playbackEn.side.choose);
  });

  it("do not say that there is no note when notes could not be read", async () => {
    const html = await rendered(SidePanel, { ...side, tab: "marks", marks: [], marksProblem: "Away." });
    expect(html).toContain("Away.");
    expect(html).not.toContain(playbackEn.marks.none);
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
    expect(html).toContain("set aside: mock location");
    expect(await rendered(FixCard, { fix: { ...fix, aside: null }, of: 200 })).not.toContain("set aside");
  });

  it("ask why with the limits of the server on the words", async () => {
    const html = await rendered(ReasonDialog, { known: null });
    expect(html).toContain('maxlength="200"');
    expect(html).toContain('maxlength="60"');
  });

  it("say how many are left out of a list that is cut, and of a replay", async () => {
    const near = Array.from({ length: 63 }, (_, row) => ({ row, code: `W${row}`, name: `W${row}`, meters: row }));
    const html = await rendered(SidePanel, { ...side, tab: "near", near });
    expect(html.match(/<small/g)).toHaveLength(50);
    expect(html).toContain("13 more within it");
    expect(html).toContain("Replay the nearest 20 (43 left out)");
    expect(await rendered(SidePanel, { ...side, tab: "near" })).not.toMatch(/near-cut|left out/);
    const grids = Array.from({ length: 207 }, (_, n) => ({ id: n, code: `g${n}`, name: `g${n}`, nameEn: `g${n}` }));
    const inside = { ...side, tab: "inside", tree: new AreaTree(grids as never[]) };
    const counts = new Map(grids.map(({ code }) => [code, 1]));
    expect(await rendered(SidePanel, { ...inside, counts })).toContain("7 more areas");
  });

  it("tell what was not loaded, when it is asked for again, and never that it is still coming", async () => {
    const figures = { loading: false, unread: true, fixes: 0, loadedUntil: 0, leftOut: 0, unreadable: 0, outside: 0 };
    const props = { refusal: null, refusalText: null, notice: null, broken: false, missingDay: null, againIn: 0 };
    const stopped = await rendered(PlaybackBars, { ...props, figures });
    expect(stopped).toContain(playbackEn.load.unreadAll);
    expect(stopped).toContain("read-on");
    expect(stopped).not.toContain("progressbar");
    const broken = { ...props, figures, refusal: refusalOf(0, ""), refusalText: "Away.", againIn: 7 };
    expect(await rendered(PlaybackBars, broken)).toContain("Trying again in 7 s.");
  });

  it("show the speed without its sign, and say that it runs backwards", async () => {
    const bar = {
      now: Date.parse(iso(1)),
      playing: true,
      waiting: false,
      unread: false,
      live: false,
      looping: false,
      beside: null,
      trailSeconds: 300,
      clean: false,
      disabled: false,
    };
    const html = await rendered(TransportBar, { ...bar, speed: -120 });
    expect(html).toContain("Playing backwards");
    expect(/aria-checked="true"[^>]*view-raw/.test(html)).toBe(true);
    expect(html).toContain('<select value="120" data-testid="speed"');
  });
});
