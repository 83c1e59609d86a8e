import { describe, expect, it } from "vitest";
import type { AreaInfo } from "../wire/contracts.gen";
import { inWords } from "./age";
import { AreaTree, type Bounds, boundsOf, nameOf } from "./areas";
import { ServerClock } from "./clock";
import { AreaCounts, online } from "./counts";
import { freshness } from "./freshness";
import { allLayers } from "./layers";
import { latitudeOf, longitudeOf, mercatorX, mercatorY, mercatorYNear, unitsPerMeter } from "./mercator";
import { nextBounds } from "./scope";
import { nowhere, readView, type View, writeView } from "./view";

describe("ages in words", () => {
  it.each([
    [0, "seconds", 0],
    [119.9, "seconds", 119],
    [120, "minutes", 2],
    [7199, "minutes", 119],
    [7200, "hours", 2],
    [172_800, "days", 2],
    [-5, "seconds", 0],
  ])("says %d s as %s %d", (seconds, unit, n) => expect(inWords(seconds)).toEqual({ unit, n }));
});

describe("AreaCounts", () => {
  it("keeps areas a later frame does not mention", () => {
    const counts = new AreaCounts();
    const bytes = new Uint8Array(48);
    const view = new DataView(bytes.buffer);
    [3, 10, 4, 5, 1, 0, 8, 20, 0, 0, 0, 20].forEach((n, i) => {
      view.setUint32(i * 4, n, true);
    });
    counts.apply(bytes);
    counts.apply(bytes.slice(24));
    expect(counts.of(3)).toEqual({ onDuty: 10, moving: 4, still: 5, stale: 1, lost: 0 });
    expect(online(counts.of(3) ?? { onDuty: 0, moving: 0, still: 0, stale: 0, lost: 0 })).toBe(9);
    expect(counts.of(8)?.lost).toBe(20);
    expect(counts.of(99)).toBeUndefined();
  });
});

const area = (
  id: number,
  code: string,
  parent: string | null,
  bounds: number[] | null,
  nameEn: string | null = null,
): AreaInfo => ({
  id,
  code,
  name: `区${code}`,
  nameEn,
  kind: "community",
  gridType: null,
  parent,
  bounds,
  center: null,
  geometry: null,
});

describe("AreaTree", () => {
  // Children before parents, as pages may cut them.
  const tree = new AreaTree([
    area(3, "12", "1", [3, 3, 4, 4]),
    area(2, "11", "1", [1, 1, 2, 2], "First"),
    area(1, "1", "outside", null, "Top"),
    area(4, "111", "11", null),
  ]);

  it("builds the tree in any order, with the topmost visible area as root", () => {
    expect(tree.roots.map((node) => node.area.code)).toEqual(["1"]);
    expect(tree.roots[0].children.map((node) => node.area.code)).toEqual(["11", "12"]);
    expect(tree.find("111")?.depth).toBe(2);
  });

  it("knows the path from the root", () => {
    const node = tree.find("111");
    expect(node && tree.path(node).map((step) => step.area.code)).toEqual(["1", "11", "111"]);
  });

  it("lays bounds around descendants when an area has none", () => {
    expect(boundsOf(tree.roots[0])).toEqual([1, 1, 4, 4]);
  });

  it("finds by either name and by code", () => {
    expect(tree.search("first", 5).map((node) => node.area.code)).toEqual(["11"]);
    expect(tree.search("区1", 2)).toHaveLength(2);
    expect(tree.search("", 5)).toEqual([]);
  });

  it("falls back to the Chinese name where there is no English one", () => {
    expect(nameOf(tree.roots[0].area, "en")).toBe("Top");
    expect(nameOf(area(9, "9", null, null), "en")).toBe("区9");
  });
});

describe("freshness", () => {
  it("waits before the first frame and says so when it cannot connect", () => {
    expect(freshness("connecting", null, 0).state).toBe("waiting");
    expect(freshness("lost", null, 0).state).toBe("lost");
  });
  it("is live up to three seconds of silence, then stale", () => {
    expect(freshness("connected", 1000, 4000).state).toBe("live");
    expect(freshness("connected", 1000, 4001)).toEqual({ state: "stale", sinceMs: 1000 });
  });
  it("calls a break lost once it lasts", () => {
    expect(freshness("lost", 1000, 2000).state).toBe("live");
    expect(freshness("connecting", 1000, 9000).state).toBe("lost");
  });
});

describe("nextBounds", () => {
  const whole: Bounds = [0, 0, 10, 10];
  const view: Bounds = [4, 4, 6, 6];

  it("watches the whole area as long as it fits a frame", () => {
    expect(nextBounds(view, null, false, whole)).toBe("keep");
  });
  it("asks for the view, with a margin, once it is crowded", () => {
    expect(nextBounds(view, null, true, whole)).toEqual([3.5, 3.5, 6.5, 6.5]);
  });
  it("does not ask again while the view stays inside", () => {
    expect(nextBounds([4.2, 4.2, 6.2, 6.2], [3.5, 3.5, 6.5, 6.5], false, whole)).toBe("keep");
  });
  it("follows the view when it leaves", () => {
    expect(nextBounds([6, 4, 8, 6], [3.5, 3.5, 6.5, 6.5], false, whole)).toEqual([5.5, 3.5, 8.5, 6.5]);
  });
  it("narrows a box that is still too crowded", () => {
    expect(nextBounds([5, 5, 5.5, 5.5], [3.5, 3.5, 6.5, 6.5], true, whole)).toEqual([4.875, 4.875, 5.625, 5.625]);
  });
  it("goes back to the whole area when everything is in view", () => {
    expect(nextBounds([-1, -1, 11, 11], [3.5, 3.5, 6.5, 6.5], false, whole)).toBeNull();
    expect(nextBounds([-1, -1, 11, 11], null, true, whole)).toBe("keep");
  });
});

describe("view in the address", () => {
  it("comes back as it was written", () => {
    const view: View = {
      longitude: 112.56,
      latitude: 37.86,
      zoom: 13.25,
      area: "140106",
      language: "en",
      worker: "W 1&2",
      style: "day",
      kiosk: true,
      layers: {
        ...allLayers(),
        trails: false,
        counts: true,
        borders: 2,
        roles: 0b10011,
        states: 0,
        basemap: "tianditu",
      },
    };
    expect(readView(writeView(view))).toEqual(view);
  });
  it("leaves what is as usual out of the address", () => {
    expect(writeView({ ...nowhere(), area: "140106" })).toBe("?area=140106");
  });
  it.each(["?layers=borders9,whatever", "?roles=boss", "?states=asleep", "?map=../x", "?style=dusk"])(
    "shows everything for layers it does not know: %s",
    (search) => {
      expect(readView(search)).toEqual(nowhere());
    },
  );
  it.each(["", "?at=1,2", "?at=a,b,c", "?at=999,37,12", "?at=112,37,99", "?at=,,"])(
    "ignores nonsense: %s",
    (search) => {
      expect(readView(search).longitude).toBeNull();
    },
  );
  it("writes nothing for nothing", () => {
    expect(writeView(readView(""))).toBe("");
  });
});

describe("ServerClock", () => {
  it("trusts the least delayed frame", () => {
    const clock = new ServerClock();
    clock.observe(10_000, 1000);
    clock.observe(11_000, 2300);
    expect(clock.now(3000)).toBeGreaterThan(11_990);
    clock.observe(12_050, 3000);
    expect(clock.now(3000)).toBe(12_050);
  });
  it("follows a clock that was set back", () => {
    const clock = new ServerClock();
    clock.observe(100_000, 1000);
    clock.observe(2000, 2000);
    expect(clock.now(2000)).toBe(2000);
  });
});

describe("mercator", () => {
  it("comes back to the same degrees", () => {
    expect(longitudeOf(mercatorX(112.56))).toBeCloseTo(112.56, 10);
    expect(latitudeOf(mercatorY(37.86))).toBeCloseTo(37.86, 10);
    expect(mercatorY(0)).toBeCloseTo(0.5, 12);
  });

  it("comes within a millimetre of the formula near an origin, and is the formula further away", () => {
    for (const origin of [3.4, 37.86, -37.86, 53.5]) {
      const near = mercatorYNear(origin);
      for (const off of [-2, -1, -0.3, -0.001, 0, 0.02, 0.7, 1, 1.5]) {
        const exact = mercatorY(origin + off) - mercatorY(origin);
        expect(Math.abs(near(origin + off) - exact)).toBeLessThan(0.001 * unitsPerMeter(origin));
      }
    }
  });
});
