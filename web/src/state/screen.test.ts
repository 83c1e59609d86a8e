import { describe, expect, it } from "vitest";
import type { AreaInfo } from "../wire/contracts.gen";
import { AreaTree, type Bounds } from "./areas";
import { styleAt } from "./dayNight";
import { isFarOut, markerRadius, spacing } from "./declutter";
import { RELOAD_SPREAD_MS, scriptOf, stuck, untilReload, viewsOf } from "./kiosk";
import { distanceMeters, length, lengthMeters, surface, surfaceSquareMeters } from "./measure";
import { midnightBefore, zonedParts } from "./zone";

const at = (time: string) => Date.parse(`2026-11-22T${time}:00+08:00`);

describe("the center's time", () => {
  it("is Shanghai's, whatever zone the screen is set to", () => {
    expect(zonedParts(Date.parse("2026-11-22T16:30:05Z"))).toEqual({ hour: 0, minute: 30, second: 5 });
    expect(midnightBefore(at("09:30"))).toBe(at("00:00"));
    expect(midnightBefore(at("00:00"))).toBe(at("00:00"));
  });
});

describe("night and day", () => {
  it.each([
    ["auto", "06:59", "night"],
    ["auto", "07:00", "day"],
    ["auto", "18:59", "day"],
    ["auto", "19:00", "night"],
    ["day", "23:00", "day"],
    ["night", "12:00", "night"],
    [null, "12:00", "night"],
  ] as const)("%s at %s is %s", (choice, time, style) => expect(styleAt(choice, at(time))).toBe(style));
});

const area = (code: string, parent: string | null): AreaInfo => ({
  id: 1,
  code,
  name: code,
  nameEn: null,
  kind: "community",
  gridType: null,
  parent,
  bounds: null,
  center: null,
  geometry: null,
});

describe("a kiosk's round", () => {
  const tree = new AreaTree([area("1", null), area("11", "1"), area("12", "1")]);

  it("is the whole area and each of its parts unless configured", () => {
    expect(viewsOf(undefined, tree, "1").map((view) => view.area)).toEqual(["1", "11", "12"]);
    expect(viewsOf([], tree, "gone").map((view) => view.area)).toEqual(["1", "11", "12"]);
  });
  it("leaves out areas it may not see and keeps times within reason", () => {
    const views = [
      { area: "12", seconds: 0.1 },
      { area: "99", seconds: 20 },
    ];
    expect(viewsOf(views, tree, "1")).toEqual([{ area: "12", seconds: 5 }]);
  });
  it("is empty without areas", () => expect(viewsOf(null as never, new AreaTree([]), "1")).toEqual([]));
});

describe("the nightly reload", () => {
  it("comes at its time in the center, give or take the spread", () => {
    const wait = (random: number) => untilReload("04:00", at("02:00"), random) as number;
    expect(wait(0.5)).toBe(2 * 3_600_000);
    expect(wait(0)).toBe(2 * 3_600_000 - RELOAD_SPREAD_MS);
    expect(wait(1)).toBe(2 * 3_600_000 + RELOAD_SPREAD_MS);
  });
  it("waits a day when the page comes back just before its time", () => {
    expect(untilReload("04:00", at("03:52"), 0.5)).toBe(24 * 3_600_000 + 8 * 60_000);
  });
  it.each([null, undefined, "", "24:00", "4:00", "04:60", "soon"])("never comes for %s", (text) =>
    expect(untilReload(text, at("02:00"), 0.5)).toBeNull(),
  );
});

describe("a stuck screen", () => {
  const fine = { now: 1e9, visible: true, flushedAt: 1e9 - 100, contextLostAt: null, reloadedAt: 0 };
  it("is left alone while it draws", () => expect(stuck(fine)).toBeNull());
  it("is loaded again when it has not drawn for minutes", () =>
    expect(stuck({ ...fine, flushedAt: 1e9 - 130_000 })).toBe("hung"));
  it("is loaded again when the graphics do not come back", () =>
    expect(stuck({ ...fine, contextLostAt: 1e9 - 70_000 })).toBe("context"));
  it("is given time after a reload, so that it does not flicker", () =>
    expect(stuck({ ...fine, flushedAt: 0, reloadedAt: 1e9 - 300_000 })).toBeNull());
  it("draws nothing while hidden, which is no fault", () =>
    expect(stuck({ ...fine, flushedAt: 0, visible: false })).toBeNull());
});

describe("the page's own version", () => {
  it("is the name of its script", () => {
    const html = '<script type="module" crossorigin src="/assets/index-BI4i_hEx.js"></script>';
    expect(scriptOf(html)).toBe("/assets/index-BI4i_hEx.js");
    expect(scriptOf("<html></html>")).toBeNull();
  });
});

describe("measuring", () => {
  it("knows how long a minute of latitude is", () => {
    expect(distanceMeters([112.5, 37], [112.5, 37 + 1 / 60])).toBeCloseTo(1853.2, 0);
    expect(distanceMeters([112.5, 37], [112.5, 37])).toBe(0);
  });
  it("adds up a line and the area inside it, whichever way round", () => {
    const east = 0.01;
    const ring = [
      [112.5, 37.8],
      [112.5 + east, 37.8],
      [112.5 + east, 37.81],
      [112.5, 37.81],
    ] as const;
    const side = distanceMeters(ring[0], ring[1]);
    const high = distanceMeters(ring[1], ring[2]);
    expect(lengthMeters(ring)).toBeCloseTo(2 * side + high, -1);
    expect(surfaceSquareMeters(ring) / (side * high)).toBeCloseTo(1, 3);
    expect(surfaceSquareMeters(ring.toReversed())).toBeCloseTo(surfaceSquareMeters(ring), 3);
    expect(surfaceSquareMeters(ring.slice(0, 2))).toBe(0);
  });
  it("speaks in the unit that keeps the number short", () => {
    expect(length(999.4)).toEqual({ value: 999.4, unit: "m", digits: 0 });
    expect(length(1234)).toEqual({ value: 1.234, unit: "km", digits: 2 });
    expect(surface(90_000).unit).toBe("m2");
    expect(surface(2_000_000)).toEqual({ value: 2, unit: "km2", digits: 3 });
  });
});

describe("declutter", () => {
  const whole: Bounds = [112.53, 37.77, 112.72, 37.9];

  it("shrinks markers with the crowd, never below what can be seen nor above what fits a street", () => {
    const few = spacing(whole, 147);
    const many = spacing(whole, 10_852);
    expect(markerRadius(12.2, 1, many)).toBeLessThan(markerRadius(12.2, 1, few));
    expect(markerRadius(9, 1, many)).toBe(1.7);
    expect(markerRadius(19, 1, many)).toBe(8);
  });
  it("draws single workers over the whole district at 3,605, and counts further out", () => {
    const units = spacing(whole, 3605);
    expect(isFarOut(12.2, 1, units)).toBe(false);
    expect(isFarOut(10.8, 1, units)).toBe(true);
  });
  it("is the same picture on a screen of twice the pixels", () => {
    const units = spacing(whole, 3605);
    expect(markerRadius(13.2, 2, units)).toBeCloseTo(2 * markerRadius(12.2, 1, units), 6);
    expect(isFarOut(12.3, 2, units)).toBe(isFarOut(11.3, 1, units));
  });
  it("is never far out from nobody, nor without bounds", () => {
    expect(isFarOut(3, 1, spacing(whole, 0))).toBe(false);
    expect(spacing(null, 100)).toBe(1);
  });
});
