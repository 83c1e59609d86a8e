import { describe, expect, it } from "vitest";
import { readPlayback, writePlayback } from "./playbackView";
import { keepReason, keptReason } from "./reason";
import { fromInput, localInput, shiftTo, spanOf } from "./spans";

const NOW = Date.parse("2026-11-22T02:41:07.250Z"); // 10:41 in Shanghai
const HOUR = 3_600_000;

describe("the address of a replay", () => {
  const view = readPlayback(
    "?workers=W1,W2&from=2026-11-21T16:00:00Z&to=2026-11-22T04:00:00Z&day2=-1&t=2026-11-22T01:02:03Z&speed=-30&follow=W2&trail=900" +
      "&loop=2026-11-22T01:00:00Z/2026-11-22T02:00:00Z&map=112.56000,37.86000,13.20&lang=en&style=day",
  );

  it("restores what was written", () => expect(readPlayback(writePlayback(view))).toEqual(view));

  it("reads who, when, from where and how fast", () => {
    expect(view.workers).toEqual(["W1", "W2"]);
    expect(view.span).toEqual({ from: Date.parse("2026-11-21T16:00:00Z"), to: Date.parse("2026-11-22T04:00:00Z") });
    expect(view.speed).toBe(-30);
    expect(view.shift).toBe(-86_400_000);
    expect(view.zoom).toBe(13.2);
  });

  it("takes nonsense for nothing", () => {
    const empty = readPlayback(
      "?workers=,&from=yesterday&to=2026-11-22T04:00:00Z&speed=7&map=1,2&day2=x&t=now&loop=a/b",
    );
    expect(empty).toEqual(readPlayback(""));
    expect(writePlayback(empty)).toBe("");
  });

  it("holds an interval only when it has a length", () => {
    expect(readPlayback("?from=2026-11-22T04:00:00Z&to=2026-11-22T04:00:00Z").span).toBeNull();
  });

  it("never holds the reason", () => expect(writePlayback(view)).not.toMatch(/reason/i));
});

describe("spans", () => {
  it("begin today at the center's midnight and end now", () => {
    expect(spanOf("today", NOW)).toEqual({
      from: Date.parse("2026-11-21T16:00:00Z"),
      to: Date.parse("2026-11-22T02:41:07Z"),
    });
  });

  it("have the last whole shift, not the running one", () => {
    expect(spanOf("lastShift", NOW)).toEqual({
      from: Date.parse("2026-11-21T16:00:00Z"),
      to: Date.parse("2026-11-22T00:00:00Z"),
    });
  });

  it("have a yesterday of a whole day", () => {
    const { from, to } = spanOf("yesterday", NOW);
    expect(to - from).toBe(24 * HOUR);
    expect(to).toBe(Date.parse("2026-11-21T16:00:00Z"));
  });

  it("are shifted by whole days", () => expect(shiftTo(spanOf("today", NOW), NOW - 30 * HOUR)).toBe(-24 * HOUR));

  it("are written as the center's clock shows them, and read back", () => {
    expect(localInput(NOW)).toBe("2026-11-22T10:41");
    expect(fromInput("2026-11-22T10:41")).toBe(NOW - 7250);
    expect(fromInput("")).toBeNull();
  });
});

describe("the reason", () => {
  const storage = new Map<string, string>();
  const tab = {
    getItem: (key: string) => storage.get(key) ?? null,
    setItem: (key: string, text: string) => void storage.set(key, text),
  };

  it("is kept for the person who gave it and nobody else", () => {
    keepReason("duty1", { text: "complaint 12", caseNumber: null }, tab);
    expect(keptReason("duty1", tab)).toEqual({ text: "complaint 12", caseNumber: null });
    expect(keptReason("duty2", tab)).toBeNull();
  });

  it("is asked anew when what is kept makes no sense", () => {
    storage.set("playback.reason", "{");
    expect(keptReason("duty1", tab)).toBeNull();
  });
});
