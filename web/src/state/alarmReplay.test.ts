import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { TrackRequest, TrackSettings } from "../wire/contracts.gen";
import type { TracksEvents, TracksFeed } from "../wire/tracksFeed";
import { fix, type TestFix } from "../wire/trackTesting";
import { AlarmReplay } from "./alarmReplay";
import { MINUTE, NOON, part } from "./playback/playbackTesting";

const END = NOON + 12 * MINUTE;
const plan = {
  worker: "W3",
  from: NOON,
  alarm: NOON + 10 * MINUTE,
  to: END,
  isCut: false,
  reason: "alarm 7",
  origin: [112.56, 37.86] as [number, number],
};
const settings = (gapSeconds: number) => ({ gapSeconds, gapIntervals: 3, trackEndSeconds: 900 }) as TrackSettings;
/** A fix every ten seconds, each 1e-4 degrees further east. */
const walk = (from: number, to: number): TestFix[] => {
  const fixes: TestFix[] = [];
  for (let ms = from; ms <= to; ms += 10_000)
    fixes.push(fix(NOON + ms, { longitudeE7: 1125600000 + (ms / 10_000) * 1000, latitudeE7: 378600000 }));
  return fixes;
};
/** Heard all along, but not from the fourth minute to the eighth. */
const broken = [...walk(0, 4 * MINUTE), ...walk(8 * MINUTE, 12 * MINUTE)];

class HandFeed implements TracksFeed {
  readonly asked: { request: TrackRequest; events: TracksEvents; stopped: boolean }[] = [];
  isDisposed = false;
  read(request: TrackRequest, events: TracksEvents): () => void {
    const one = { request, events, stopped: false };
    this.asked.push(one);
    return () => {
      one.stopped = true;
    };
  }
  dispose(): void {
    this.isDisposed = true;
  }
}

describe("the replay of an alarm", () => {
  let feed: HandFeed;
  let replay: AlarmReplay;
  beforeEach(() => {
    vi.useFakeTimers({ now: END });
    feed = new HandFeed();
    replay = new AlarmReplay(plan, { feed: () => feed, settings: async () => settings(120) });
  });
  afterEach(() => vi.useRealTimers());

  const came = async (fixes: TestFix[]) => {
    feed.asked[0].events.part(part(fixes.length > 0 ? [[3, fixes]] : [], END, true));
    await vi.advanceTimersByTimeAsync(300);
  };
  const at = (ms: number) => {
    replay.player.clock.seek(NOON + ms);
    replay.frame(0);
    return replay.place;
  };

  it("asks once for one worker and one span, with the alarm as the reason", async () => {
    replay.load(true);
    await came(broken);
    expect(feed.asked.map(({ request }) => request)).toEqual([
      { workers: ["W3"], area: null, from: NOON, to: END, reason: "alarm 7", case: null },
    ]);
  });

  it("runs in true time: ten seconds of the past in one, whatever the fixes", async () => {
    replay.load(true);
    expect(replay.stand).toBe("loading");
    await came(broken);
    expect(replay.stand).toBe("ready");
    for (let wall = 0; wall <= 6000; wall += 40) replay.frame(wall);
    expect(replay.player.clock.now).toBeCloseTo(NOON + MINUTE, -2);
    expect(replay.place.state).toBe("moving");
    expect(replay.place.longitude).toBeCloseTo(112.5606, 6);
    expect(at(65_000).longitude).toBeCloseTo(112.56065, 6);
  });

  it("shows nobody in a gap, draws nothing across it and names it", async () => {
    replay.load(false);
    await came(broken);
    expect(at(3 * MINUTE).state).toBe("moving");
    expect(at(6 * MINUTE).state).toBe("noData");
    expect(replay.walked().map((line) => line.at(-1)?.[0])).toEqual([112.5624]);
    expect(at(9 * MINUTE).state).toBe("moving");
    expect(replay.walked()).toHaveLength(2);
    expect(replay.way()).toHaveLength(2);
    expect(replay.parts()).toEqual([
      { kind: "heard", from: NOON, to: NOON + 4 * MINUTE },
      { kind: "silent", from: NOON + 4 * MINUTE, to: NOON + 8 * MINUTE },
      { kind: "heard", from: NOON + 8 * MINUTE, to: END },
    ]);
  });

  it("counts what came before the first fix and after the last as no data", async () => {
    replay.load(false);
    await came(walk(5 * MINUTE, 7 * MINUTE));
    expect(replay.parts()).toEqual([
      { kind: "silent", from: NOON, to: NOON + 5 * MINUTE - 15_000 },
      { kind: "heard", from: NOON + 5 * MINUTE - 15_000, to: NOON + 7 * MINUTE },
      { kind: "silent", from: NOON + 7 * MINUTE, to: END },
    ]);
    for (const { kind, from, to } of replay.parts())
      expect(at((from + to) / 2 - NOON).state === "noData").toBe(kind === "silent");
  });

  it("begins where something is known, unless a hand was faster", async () => {
    replay.load(true);
    await came(walk(5 * MINUTE, 12 * MINUTE));
    replay.frame(0);
    expect(replay.player.clock.now).toBe(NOON + 5 * MINUTE - 15_000);
    expect(replay.place.state).toBe("still");
    expect(at(MINUTE).state).toBe("noData");
  });

  it("takes the server's word for what a gap is", async () => {
    replay = new AlarmReplay(plan, { feed: () => feed, settings: async () => settings(600) });
    replay.load(false);
    await came(broken);
    expect(replay.parts().map(({ kind }) => kind)).toEqual(["heard"]);
  });

  it("holds with the usual thresholds when the server does not tell its own", async () => {
    replay = new AlarmReplay(plan, { feed: () => feed, settings: () => Promise.reject(new Error("away")) });
    replay.load(false);
    await came(broken);
    expect(replay.parts()).toHaveLength(3);
  });

  it("keeps apart what is not believed from what was not heard", async () => {
    replay.load(false);
    const mock = walk(4 * MINUTE + 10_000, 8 * MINUTE - 10_000).map((one) => ({ ...one, flags: 1 }));
    await came([...walk(0, 4 * MINUTE), ...mock, ...walk(8 * MINUTE, 12 * MINUTE)]);
    expect(replay.parts().map(({ kind }) => kind)).toEqual(["heard", "aside", "heard"]);
    expect(at(6 * MINUTE).state).toBe("setAside");
  });

  it("says when nobody was heard at all", async () => {
    replay.load(true);
    await came([]);
    expect(replay.stand).toBe("none");
    expect(replay.parts()).toEqual([{ kind: "silent", from: NOON, to: END }]);
    expect(replay.place.state).toBe("noData");
    replay.frame(0);
    expect(replay.player.clock.playing).toBe(false);
  });

  it("stops at its end, asks for nothing more and starts anew from there", async () => {
    replay.load(true);
    await came(broken);
    replay.player.clock.seek(END - 1000);
    for (let wall = 0; wall <= 60_000; wall += 500) replay.frame(wall);
    expect(replay.player.clock).toMatchObject({ now: END, playing: false, live: false });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(feed.asked).toHaveLength(1);
    replay.player.clock.toggle();
    expect(replay.player.clock).toMatchObject({ now: NOON, playing: true });
  });

  it.each([
    [403, "refused"],
    [404, "refused"],
    [429, "busy"],
    [401, "signedOut"],
    [0, "failed"],
    [503, "failed"],
  ] as const)("tells %i as %s", (status, stand) => {
    replay.load(true);
    feed.asked[0].events.failed(status, "no", null);
    expect(replay.stand).toBe(stand);
  });

  it("is asked again where it broke off", async () => {
    replay.load(true);
    feed.asked[0].events.failed(0, "gone", null);
    replay.again();
    expect(replay.stand).toBe("loading");
    feed.asked[1].events.part(part([[3, broken]], END, true));
    await vi.advanceTimersByTimeAsync(300);
    expect(replay.stand).toBe("ready");
  });

  it("ends with its card: nothing is read on, and late words change nothing", async () => {
    let told = (_: TrackSettings) => {};
    replay = new AlarmReplay(plan, {
      feed: () => feed,
      settings: () =>
        new Promise((resolve) => {
          told = resolve;
        }),
    });
    const heard = vi.fn();
    replay.player.onChange(heard);
    replay.load(true);
    replay.dispose();
    expect(feed.asked[0].stopped).toBe(true);
    expect(feed.isDisposed).toBe(true);
    heard.mockClear();
    told(settings(600));
    await vi.advanceTimersByTimeAsync(1000);
    expect(replay.player.settings.gapMs).toBe(120_000);
    expect(heard).not.toHaveBeenCalled();
  });
});
