import { describe, expect, it } from "vitest";
import { readPlayback } from "../playback/playbackView";
import { playbackOf } from "./playbackLink";

const track = (worker: string, from: string, to: string) => ({
  day: from.slice(0, 10),
  worker,
  name: worker,
  dwellSeconds: 30,
  visits: 1,
  passes: 0,
  lastAt: to,
  from,
  to,
});

describe("playbackOf", () => {
  it("replays each worker once over the time of all of them, from where the first one came", () => {
    const address = playbackOf(
      [
        track("W1", "2026-11-22T02:00:00Z", "2026-11-22T02:01:00Z"),
        track("W2", "2026-11-22T04:00:00.5Z", "2026-11-22T04:10:00Z"),
        track("W1", "2026-11-22T05:00:00Z", "2026-11-22T05:01:00Z"),
      ],
      "en",
    );
    const view = readPlayback(address.slice(address.indexOf("?")));
    expect(view.workers).toEqual(["W1", "W2"]);
    expect(view.span).toEqual({ from: Date.parse("2026-11-22T01:55:00Z"), to: Date.parse("2026-11-22T05:06:00Z") });
    expect(view.at).toBe(Date.parse("2026-11-22T02:00:00Z"));
    expect(view.language).toBe("en");
  });
});
