import { afterEach, describe, expect, it } from "vitest";
import { setCenterZone } from "../../state/zone";
import { MOST_WORKERS, onlyThese, readPlayback, writePlayback } from "./playbackView";
import { keepReason, keptReason } from "./reason";
import { dayOf, daysOf, fromInput, localInput, shiftBy, shiftTo, spanOf } from "./spans";

const NOW = Date.parse("2026-11-22T02:41:07.250Z"); // 10:41 in Shanghai
const HOUR = 3_600_000;

describe("the address of a replay", () => {
  const view = readPlayback(
    "?workers=W1,W2&from=2026-11-21T16:00:00Z&to=2026-11-22T04:00:00Z&day2=-1&t=2026-11-22T01:02:03Z&speed=-30&follow=W2&trail=900" +
      "&loop=2026-11-22T01:00:00Z/2026-11-22T02:00:00Z&map=112.56000,37.86000,13.20&lang=en&style=day&clean=false",
  );

  it("restores what was written", () => expect(readPlayback(writePlayback(view))).toEqual(view));

  it("reads who, when, from where and how fast", () => {
    expect(view.workers).toEqual(["W1", "W2"]);
    expect(view.span).toEqual({ from: Date.parse("2026-11-21T16:00:00Z"), to: Date.parse("2026-11-22T04:00:00Z") });
    expect(view.speed).toBe(-30);
    expect(view.shift).toBe(-86_400_000);
    expect(view.zoom).toBe(13.2);
    expect([view.clean, readPlayback("").clean]).toEqual([false, true]);
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

  it("counts the people it names beyond those who can be replayed at once", () => {
    const names = Array.from({ length: MOST_WORKERS + 3 }, (_, n) => `W${n}`);
    const { workers, cut } = readPlayback(`?workers=${names.join(",")}`);
    expect([workers.length, cut, view.cut]).toEqual([MOST_WORKERS, 3, 0]);
  });

  it("never holds the reason", () => expect(writePlayback(view)).not.toMatch(/reason/i));
});

describe("a replay of some of those replayed", () => {
  it("is of the same time, whatever the chooser has been set to since, and of what came live", () => {
    const plan = { span: { from: NOW - HOUR, to: NOW } };
    const codes = Array.from({ length: 30 }, (_, n) => `W${n}`);
    expect(onlyThese(plan, NOW + 60_000, codes)).toEqual({
      workers: codes.slice(0, MOST_WORKERS),
      area: null,
      span: { from: NOW - HOUR, to: NOW + 60_000 },
      shift: 0,
    });
  });
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

describe("spans where clocks are put on and back", () => {
  afterEach(() => setCenterZone("Asia/Shanghai"));
  const berlin = (utc: string): number => {
    setCenterZone("Europe/Berlin");
    return Date.parse(utc);
  };

  it.each([
    ["2026-03-29T12:00:00Z", 23],
    ["2026-10-25T12:00:00Z", 25],
  ])("have a day, and a yesterday, of as many hours as it had: %s", (noon, hours) => {
    const { from, to } = dayOf(berlin(noon));
    expect((to - from) / HOUR).toBe(hours);
    expect(spanOf("yesterday", to + HOUR)).toEqual({ from, to });
  });

  it("have shifts by the clock on the wall", () => {
    const { from, to } = spanOf("lastShift", berlin("2026-03-29T07:00:00Z"));
    expect([localInput(from), localInput(to)]).toEqual(["2026-03-29T00:00", "2026-03-29T08:00"]);
    expect((to - from) / HOUR).toBe(7);
  });

  it("lay the same hours of two days beside each other, and the address counts days", () => {
    const span = { from: berlin("2026-03-29T06:00:00Z"), to: Date.parse("2026-03-29T14:00:00Z") };
    const shift = shiftBy(span, -1);
    expect(localInput(span.from + shift)).toBe("2026-03-28T08:00");
    expect([shift / HOUR, daysOf(span, shift)]).toEqual([-23, -1]);
    const view = { ...readPlayback(""), workers: ["W1"], span, shift };
    expect(writePlayback(view)).toContain("day2=-1");
    expect(readPlayback(writePlayback(view)).shift).toBe(shift);
  });

  it("read a typed time by the offset that holds then", () => {
    const half = berlin("2026-03-29T01:30:00Z");
    expect(fromInput("2026-03-29T03:30")).toBe(half);
    expect(fromInput("2026-10-25T04:00")).toBe(Date.parse("2026-10-25T03:00:00Z"));
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
