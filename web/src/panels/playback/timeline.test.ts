import { afterEach, describe, expect, it } from "vitest";
import { setCenterZone, wallOf } from "../../state/zone";
import { barsOf, laneParts, partAt, piecesOf } from "./timelineLayout";
import { keepInSight, moved, msAt, SHORTEST_MS, type Span, ticks, xOf, zoomed } from "./timelineScale";

const HOUR = 3_600_000;
/** Midnight in Shanghai. */
const MIDNIGHT = Date.parse("2026-11-21T16:00:00Z");
const day: Span = { from: MIDNIGHT, to: MIDNIGHT + 24 * HOUR };

describe("timeline scale", () => {
  afterEach(() => setCenterZone("Asia/Shanghai"));

  it("turns moments into places and back", () => {
    expect(xOf(MIDNIGHT + 6 * HOUR, day, 1000)).toBe(250);
    expect(msAt(250, day, 1000)).toBe(MIDNIGHT + 6 * HOUR);
  });

  it("keeps the moment under the pointer while zooming", () => {
    const around = MIDNIGHT + 9 * HOUR;
    const closer = zoomed(day, day, around, 0.25);
    expect(xOf(around, closer, 1000)).toBeCloseTo(xOf(around, day, 1000), 6);
    expect(closer.to - closer.from).toBe(6 * HOUR);
  });

  it("zooms from a day to a minute and no further", () => {
    let shown = day;
    for (let n = 0; n < 50; n++) shown = zoomed(shown, day, MIDNIGHT + HOUR, 0.5);
    expect(shown.to - shown.from).toBe(SHORTEST_MS);
    for (let n = 0; n < 50; n++) shown = zoomed(shown, day, MIDNIGHT + HOUR, 2);
    expect(shown).toEqual(day);
  });

  it("does not leave the whole when moved", () => {
    const hour = { from: MIDNIGHT, to: MIDNIGHT + HOUR };
    expect(moved(hour, day, -3)).toEqual(hour);
    expect(moved(hour, day, 500).to).toBe(day.to);
  });

  it("turns the page only once the hair has left it", () => {
    const hour = { from: MIDNIGHT, to: MIDNIGHT + HOUR };
    expect(keepInSight(hour, day, MIDNIGHT + HOUR - 1)).toBe(hour);
    const next = keepInSight(hour, day, MIDNIGHT + HOUR);
    expect(next.from).toBeLessThan(MIDNIGHT + HOUR);
    expect(next.to).toBeGreaterThan(MIDNIGHT + HOUR + HOUR / 2);
  });

  it.each([
    ["2026-03-28T23:00:00Z", 23],
    ["2026-10-24T22:00:00Z", 25],
  ])(
    "keeps ticks at round local times on a day when the clock changes, and the days where they begin: %s",
    (utc, hours) => {
      setCenterZone("Europe/Berlin");
      const from = Date.parse(utc);
      for (const width of [800, 1600, 3000]) {
        const found = ticks({ from, to: from + (hours + 2) * HOUR }, width, 1);
        const walls = found.map((tick) => wallOf(tick.ms) % (24 * HOUR));
        const step = width === 800 ? 3 : width === 1600 ? 2 : 1;
        expect(walls.every((wall) => wall % HOUR === 0 && (wall / HOUR) % step === 0)).toBe(true);
        expect(found.filter((tick) => tick.kind === "day").map((tick) => tick.ms)).toEqual([from, from + hours * HOUR]);
        expect(new Set(found.map((tick) => tick.ms)).size).toBe(found.length);
      }
    },
  );

  it("sets ticks at round local times, and marks the day", () => {
    const found = ticks({ from: MIDNIGHT - 2 * HOUR, to: MIDNIGHT + 4 * HOUR }, 800, 1);
    expect(found.find((tick) => tick.kind === "day")?.ms).toBe(MIDNIGHT);
    for (const tick of found) expect(Math.abs((tick.ms - MIDNIGHT) % (HOUR / 2))).toBe(0);
  });

  it("never crowds ticks, at any length and width", () => {
    for (const length of [SHORTEST_MS, 10 * 60_000, HOUR, 24 * HOUR, 40 * 24 * HOUR]) {
      for (const width of [320, 900, 3600]) {
        const found = ticks({ from: MIDNIGHT + 1234, to: MIDNIGHT + 1234 + length }, width, 1);
        for (let i = 1; i < found.length; i++) expect(found[i].x - found[i - 1].x).toBeGreaterThanOrEqual(70);
      }
    }
  });
});

describe("timeline lanes", () => {
  const lane = {
    key: "W1",
    parts: [
      { kind: "trip" as const, from: MIDNIGHT, to: MIDNIGHT + HOUR },
      { kind: "stop" as const, from: MIDNIGHT + HOUR, to: MIDNIGHT + 2 * HOUR },
      { kind: "gap" as const, from: MIDNIGHT + 2 * HOUR, to: MIDNIGHT + 4 * HOUR },
    ],
  };

  it("draws a part where its time is", () => {
    const [trip, gap, stop] = piecesOf(lane, day, 2400);
    expect(gap).toEqual({ kind: "gap", x: 200, width: 200 });
    expect(trip).toEqual({ kind: "trip", x: 0, width: 100 });
    expect(stop.kind).toBe("stop");
  });

  it("draws nothing of what is out of view, and cuts what is partly in it", () => {
    const pieces = piecesOf(lane, { from: MIDNIGHT + 3 * HOUR, to: MIDNIGHT + 5 * HOUR }, 200);
    expect(pieces).toEqual([{ kind: "gap", x: 0, width: 100 }]);
  });

  it("joins what would touch, so that a thousand short trips cost a few strokes", () => {
    const parts = Array.from({ length: 5000 }, (_, n) => ({
      kind: "trip" as const,
      from: MIDNIGHT + n * 17_000,
      to: MIDNIGHT + n * 17_000 + 16_000,
    }));
    expect(piecesOf({ key: "W1", parts }, day, 1000).length).toBe(1);
  });

  it("tells the part at a moment, and nothing between", () => {
    expect(partAt(lane, MIDNIGHT + 90 * 60_000)?.kind).toBe("stop");
    expect(partAt(lane, MIDNIGHT + 5 * HOUR)).toBeNull();
  });

  it("shows a gap over the trip or the stop that goes on through it, and tells it", () => {
    const parts = [
      { kind: "trip" as const, from: MIDNIGHT, to: MIDNIGHT + 3 * HOUR },
      { kind: "track" as const, from: MIDNIGHT, to: MIDNIGHT + HOUR },
      { kind: "gap" as const, from: MIDNIGHT + HOUR, to: MIDNIGHT + 2 * HOUR },
    ];
    expect(piecesOf({ key: "W1", parts }, day, 2400).map((piece) => piece.kind)).toEqual(["track", "trip", "gap"]);
    expect(partAt({ parts, key: "W1" }, MIDNIGHT + 1.5 * HOUR)?.kind).toBe("gap");
    expect(partAt({ parts, key: "W1" }, MIDNIGHT + 2.5 * HOUR)?.kind).toBe("trip");
  });

  it("is hatched before the first fix, in silences and after the last, as far as it is known", () => {
    const spans = [
      { kind: "moving" as const, from: MIDNIGHT + HOUR, to: MIDNIGHT + 2 * HOUR },
      { kind: "gap" as const, from: MIDNIGHT + 2 * HOUR, to: MIDNIGHT + 3 * HOUR },
      { kind: "still" as const, from: MIDNIGHT + 3 * HOUR, to: MIDNIGHT + 4 * HOUR },
    ];
    const gaps = laneParts(spans, day, MIDNIGHT + 10 * HOUR, null).filter((part) => part.kind === "gap");
    expect(gaps.map(({ from, to }) => [(from - MIDNIGHT) / HOUR, (to - MIDNIGHT) / HOUR])).toEqual([
      [0, 1],
      [2, 3],
      [4, 10],
    ]);
  });

  it("is one silence when nothing was reported, and nothing before it is loaded", () => {
    expect(laneParts([], day, day.to, null)).toEqual([{ kind: "gap", ...day }]);
    expect(laneParts([], day, day.from, null)).toEqual([]);
  });

  it("lays the server's trips and stops of another day onto the clock", () => {
    const iso = (ms: number) => new Date(ms).toISOString();
    const summary = {
      trips: [{ from: iso(MIDNIGHT - 23 * HOUR), to: iso(MIDNIGHT - 22 * HOUR) }],
      stops: [{ from: iso(MIDNIGHT - 22 * HOUR), to: iso(MIDNIGHT - 21 * HOUR) }],
    };
    const parts = laneParts([{ kind: "moving", from: MIDNIGHT, to: day.to }], day, day.to, summary as never, 24 * HOUR);
    expect(parts.filter((part) => part.kind === "trip")).toEqual([
      { kind: "trip", from: MIDNIGHT + HOUR, to: MIDNIGHT + 2 * HOUR },
    ]);
    expect(parts.filter((part) => part.kind === "stop")).toEqual([
      { kind: "stop", from: MIDNIGHT + 2 * HOUR, to: MIDNIGHT + 3 * HOUR },
    ]);
  });
});

describe("activity bars", () => {
  it("keep their sum however they are cut", () => {
    const activity = { ...day, counts: [0, 10, 20, 10] };
    const heights = barsOf(activity, day, 8);
    expect([...heights]).toEqual([0, 0, 0.5, 0.5, 1, 1, 0.5, 0.5]);
  });

  it("stay flat where nobody reported", () => {
    expect([...barsOf({ ...day, counts: [0, 0] }, day, 3)]).toEqual([0, 0, 0]);
  });
});

describe("what is set aside, on a lane", () => {
  const spans = [
    { kind: "moving" as const, from: MIDNIGHT, to: MIDNIGHT + HOUR },
    { kind: "aside" as const, from: MIDNIGHT + HOUR, to: MIDNIGHT + 2 * HOUR, reasons: { mock: 12, jump: 3 } },
    { kind: "gap" as const, from: MIDNIGHT + 2 * HOUR, to: MIDNIGHT + 3 * HOUR },
  ];
  const iso = (hour: number) => new Date(MIDNIGHT + hour * HOUR).toISOString();
  const trips = [{ from: iso(0), to: iso(4), lengthMeters: 1, movingSeconds: 1, averageSpeedMps: 1, topSpeedMps: 1 }];
  const lane = {
    key: "a",
    parts: laneParts(spans, { from: MIDNIGHT, to: MIDNIGHT + 4 * HOUR }, Infinity, { trips, stops: [] }),
  };

  it("is told with its reasons, over the trip that goes on around it, and apart from no data", () => {
    expect(partAt(lane, MIDNIGHT + 1.5 * HOUR)).toMatchObject({ kind: "aside", reasons: { mock: 12, jump: 3 } });
    expect(partAt(lane, MIDNIGHT + 2.5 * HOUR)?.kind).toBe("gap");
    expect(partAt(lane, MIDNIGHT + 0.5 * HOUR)?.kind).toBe("trip");
  });

  it("is drawn after the trip, so that it is seen", () => {
    const kinds = piecesOf(lane, day, 1000).map((piece) => piece.kind);
    expect(kinds.indexOf("aside")).toBeGreaterThan(kinds.indexOf("trip"));
    expect(kinds).toContain("gap");
  });
});
