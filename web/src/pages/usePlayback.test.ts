import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createSSRApp, h } from "vue";
import { renderToString } from "vue/server-renderer";
import { MINUTE, NOON, part } from "../state/playback/playbackTesting";
import type { TracksEvents } from "../wire/tracksFeed";
import { fix } from "../wire/trackTesting";

const asked: TracksEvents[] = [];
vi.mock("../wire/tracksFeed", () => ({
  SignalRTracksFeed: class {
    dispose(): void {}
    read(_: unknown, events: TracksEvents): () => void {
      asked.push(events);
      return () => {};
    }
  },
}));
const summaries = vi.fn(
  async (_ask: { workers: string[]; from: number; to: number }, _why: unknown, _clean: boolean) => [
    {
      worker: "W3",
      trips: [],
      stops: [],
      setAside: [] as { from: string; to: string; reason: string; count: number }[],
    },
  ],
);
vi.mock("../wire/tracksApi", () => ({ trackSummaries: summaries }));

const END = NOON + 10 * MINUTE;
const walk = (from: number, n: number) =>
  Array.from({ length: n }, (_, i) =>
    fix(NOON + from + i * 10_000, { longitudeE7: 1_125_600_000 + (from / 10_000 + i) * 1000 }),
  );

/** The hook in a component, since it lives and ends with one. */
async function opened() {
  const { usePlayback } = await import("./usePlayback");
  let play: ReturnType<typeof usePlayback> | null = null;
  const session = { user: "duty", role: "dispatcher", area: "140106", csrf: "x" };
  const app = createSSRApp({
    setup() {
      play = usePlayback(session as never, [112.56, 37.86], () => {});
      return () => h("i");
    },
  });
  await renderToString(app);
  if (!play) throw new Error("not set up");
  const it: ReturnType<typeof usePlayback> = play;
  it.give({ text: "test", caseNumber: null });
  it.load({ workers: ["W3"], area: null, span: { from: NOON, to: END }, shift: 0 });
  return it;
}

describe("a replay on its page", () => {
  beforeEach(() => {
    asked.length = 0;
    summaries.mockClear();
    vi.useFakeTimers({ now: END });
    vi.stubGlobal("sessionStorage", { getItem: () => null, setItem() {} });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("asks for trips and stops again when the live tail brings fixes, once in five minutes, up to the present", async () => {
    const play = await opened();
    asked[0].part(part([[3, walk(0, 60)]], END, true));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(summaries).toHaveBeenCalledTimes(1);
    play.player.clock.seek(END - 1000);
    play.player.clock.play(60);
    for (let wall = 0; wall <= 620_000; wall += 1000) {
      play.player.frame(wall);
      const tail = asked.at(-1);
      if (tail && asked.length > 1) {
        const n = asked.length;
        tail.part(part([[3, walk(10 * MINUTE + (n - 2) * 10_000, 1)]], END + n * 10_000, true));
      }
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(asked.length).toBeGreaterThan(4);
    expect(summaries.mock.calls.length).toBeGreaterThanOrEqual(2);
    expect(summaries.mock.calls.length).toBeLessThanOrEqual(3);
    expect(summaries.mock.lastCall?.[0].to).toBeGreaterThan(END);
    expect(play.freshened.value).toBe(summaries.mock.calls.length - 1);
    play.player.dispose();
  });

  it("leaves out what the server calls a jump, and draws it raw", async () => {
    summaries.mockResolvedValueOnce([
      {
        worker: "W3",
        trips: [],
        stops: [],
        setAside: [
          {
            from: new Date(NOON + 100_000).toISOString(),
            to: new Date(NOON + 110_000).toISOString(),
            reason: "jump",
            count: 2,
          },
          {
            from: new Date(NOON + 200_000).toISOString(),
            to: new Date(NOON + 200_000).toISOString(),
            reason: "drift",
            count: 1,
          },
        ],
      },
    ]);
    const play = await opened();
    asked[0].part(part([[3, walk(0, 60)]], END, true));
    await vi.advanceTimersByTimeAsync(1000);
    const drawn = () => play.player.book.drawn(0).length;
    expect(drawn()).toBe(58);
    play.showClean(false);
    expect(drawn()).toBe(60);
    play.player.dispose();
  });

  it("shows the lists of the view that is shown, whichever answer comes last", async () => {
    const late: ((found: never[]) => void)[] = [];
    summaries.mockImplementationOnce(() => new Promise((done) => late.push(done as never)));
    const play = await opened();
    play.showClean(false);
    await vi.advanceTimersByTimeAsync(1000);
    expect(summaries.mock.lastCall?.[2]).toBe(false);
    expect(play.summaries.value.has("W3")).toBe(true);
    const shown = play.summaries.value.get("W3");
    late[0]([{ worker: "W3", trips: [1], stops: [], setAside: [] }] as never);
    await vi.advanceTimersByTimeAsync(1000);
    expect(play.summaries.value.get("W3")).toBe(shown);
    play.player.dispose();
  });

  it("asks for the raw view's trips and stops when the view turns", async () => {
    const play = await opened();
    asked[0].part(part([[3, walk(0, 60)]], END, true));
    await vi.advanceTimersByTimeAsync(1000);
    expect(summaries.mock.lastCall?.[2]).toBe(true);
    play.showClean(false);
    await vi.advanceTimersByTimeAsync(1000);
    expect(summaries.mock.lastCall?.[2]).toBe(false);
    expect(play.summaries.value.has("W3")).toBe(true);
    play.player.dispose();
  });
});
