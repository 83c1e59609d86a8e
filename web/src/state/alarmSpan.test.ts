import { describe, expect, it } from "vitest";
import { cardSpan, playbackOf } from "./alarmSpan";

const MINUTE = 60_000;
const AT = Date.UTC(2026, 10, 23, 2, 10);
const open = { occurredMs: AT, arrivedMs: AT + 400, closedMs: null };
const spanOf = (address: string) => {
  const query = new URLSearchParams(address.split("?")[1]);
  return { from: Date.parse(query.get("from") ?? ""), to: Date.parse(query.get("to") ?? "") };
};

describe("the span of an alarm's card", () => {
  it("goes from ten minutes before to now while it is open, and to its end once it is over", () => {
    expect(cardSpan(open, AT + 3 * MINUTE)).toEqual({
      from: AT - 10 * MINUTE,
      alarm: AT,
      to: AT + 3 * MINUTE,
      isCut: false,
    });
    expect(cardSpan({ ...open, closedMs: AT + MINUTE }, AT + 600 * MINUTE).to).toBe(AT + MINUTE);
  });
  it("is told in whole milliseconds, however this screen reckons the time", () => {
    expect(cardSpan(open, AT + MINUTE + 0.73).to).toBe(AT + MINUTE);
  });
  it("is bounded, and says so", () => {
    expect(cardSpan(open, AT + 600 * MINUTE)).toMatchObject({ to: AT + 30 * MINUTE, isCut: true });
  });
  it("does not believe a phone that pressed after its alarm had arrived", () => {
    const ahead = { occurredMs: AT + 600 * MINUTE, arrivedMs: AT, closedMs: null };
    expect(cardSpan(ahead, AT + MINUTE)).toMatchObject({ from: AT - 10 * MINUTE, alarm: AT, to: AT + MINUTE });
  });
  it("is never empty, even where this screen's clock stands before the alarm", () => {
    expect(cardSpan(open, AT - MINUTE)).toMatchObject({ from: AT - 10 * MINUTE, to: AT });
  });
});

describe("the address of the page that looks back", () => {
  it("reaches the minute that runs while the alarm is open, and does not change within it", () => {
    const address = playbackOf("W 1", open, AT + 95 * MINUTE + 1, "en");
    expect(address).toMatch(/^\/playback\?workers=W\+1&.*lang=en$/);
    expect(spanOf(address)).toEqual({ from: AT - 10 * MINUTE, to: AT + 96 * MINUTE });
    expect(playbackOf("W 1", open, AT + 95 * MINUTE + 59_000, "en")).toBe(address);
  });
  it("reaches the end of a long alarm, and ten minutes past a short one", () => {
    const reach = (minutes: number, now: number) =>
      spanOf(playbackOf("W1", { ...open, closedMs: AT + minutes * MINUTE }, AT + now * MINUTE, "zh-CN")).to - AT;
    expect(reach(100, 3000)).toBe(100 * MINUTE);
    expect(reach(1, 3000)).toBe(10 * MINUTE);
    expect(reach(1, 2)).toBe(2 * MINUTE);
  });
  it("is bounded by a day", () => {
    expect(spanOf(playbackOf("W1", open, AT + 5000 * MINUTE, "en")).to).toBe(AT + 1440 * MINUTE);
  });
});
