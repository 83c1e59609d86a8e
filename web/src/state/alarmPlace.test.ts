import { describe, expect, it } from "vitest";
import { type AreaInfo, Presence } from "../wire/contracts.gen";
import { areaOf, spotOf } from "./alarmPlace";
import { alarm } from "./alarmTesting";
import { AreaTree } from "./areas";
import { frame, record } from "./testing";
import { WorkerStore } from "./workers";

const area = (code: string, parent: string | null, name: string, nameEn: string): AreaInfo =>
  ({ code, parent, name, nameEn, kind: "grid", id: 1 }) as unknown as AreaInfo;

describe("areaOf", () => {
  const tree = new AreaTree([
    area("d", null, "迎泽区", "Yingze"),
    area("s", "d", "柳巷街道", "Liuxiang"),
    area("g", "s", "03网格", "Grid 03"),
  ]);

  it("names the place in the page's language, without the whole area", () => {
    expect(areaOf({ place: "g", area: "s" }, tree, "zh-CN")).toEqual({ is: "place", names: ["柳巷街道", "03网格"] });
    expect(areaOf({ place: "g", area: "s" }, tree, "en").names).toEqual(["Liuxiang", "Grid 03"]);
  });
  it("leaves out what the next name begins with", () => {
    const named = new AreaTree([
      area("d", null, "迎泽区", "Yingze"),
      area("c", "d", "桃园社区", "Taoyuan"),
      area("g", "c", "桃园社区第二网格", "Taoyuan Grid 2"),
    ]);
    expect(areaOf({ place: "g", area: "c" }, named, "zh-CN").names).toEqual(["桃园社区第二网格"]);
    expect(areaOf({ place: "c", area: "c" }, named, "en").names).toEqual(["Taoyuan"]);
  });
  it("falls back to the home area and says so", () => {
    expect(areaOf({ place: null, area: "s" }, tree, "zh-CN")).toEqual({ is: "home", names: ["柳巷街道"] });
  });
  it("names a code that lies outside what the viewer may see", () => {
    expect(areaOf({ place: "x", area: "y" }, tree, "zh-CN")).toEqual({ is: "outside", names: ["x"] });
  });
});

describe("spotOf", () => {
  const workers = new WorkerStore();
  workers.apply(
    frame(
      { full: true, time: 50_000, names: [{ slot: 1, worker: "W1", name: "张伟", role: "gridWorker", area: "g" }] },
      [record({ slot: 1, longitudeE7: 1125700000, latitudeE7: 378700000, state: Presence.still, age: 0 })],
    ),
  );

  it("is the alarm's own place where it has one", () => {
    expect(spotOf(alarm({ id: "a" }), workers)).toMatchObject({ of: "alarm", longitude: 112.56, accuracyMeters: 8 });
  });
  it("is where the worker is on the picture when it came without a place", () => {
    const spot = spotOf(alarm({ id: "a", longitude: null, latitude: null }), workers);
    expect(spot).toMatchObject({ of: "worker", longitude: 112.57, latitude: 37.87, accuracyMeters: null });
  });
  it("is nowhere when nobody knows", () => {
    const lost = alarm({ id: "a", longitude: null, latitude: null, worker: "W9" });
    expect(spotOf(lost, workers)).toBeNull();
    expect(spotOf(lost, null)).toBeNull();
    expect(spotOf({ ...lost, worker: null }, workers)).toBeNull();
  });
});
