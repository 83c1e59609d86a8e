import { describe, expect, it } from "vitest";
import { AreaTree } from "../state/areas";
import type { AreaInfo } from "../wire/contracts.gen";
import { labels } from "./areaFeatures";

const area = (code: string, kind: AreaInfo["kind"], over: Partial<AreaInfo> = {}): AreaInfo => ({
  id: 1,
  code,
  name: "柳巷街道",
  nameEn: "Liuxiang",
  kind,
  gridType: null,
  parent: null,
  bounds: null,
  center: null,
  geometry: null,
  ...over,
});

describe("area labels", () => {
  it("stand where the server says that the inside is", () => {
    const tree = new AreaTree([area("1", "subdistrict", { center: [112.5, 37.8], bounds: [0, 0, 2, 4] })]);
    const [label] = labels(tree, "zh-CN", null).features;
    expect(label.geometry).toEqual({ type: "Point", coordinates: [112.5, 37.8] });
    expect(label.properties).toEqual({ name: "柳巷街道", count: "", level: 1 });
  });

  it("stand in the middle of the bounds of an area without a point", () => {
    const tree = new AreaTree([area("1", "community", { bounds: [0, 0, 2, 4] })]);
    expect(labels(tree, "en", () => "3/4").features[0]).toMatchObject({
      geometry: { coordinates: [1, 2] },
      properties: { name: "Liuxiang", count: "3/4", level: 2 },
    });
  });

  it("leave grids to the tiles and places unknown out", () => {
    const tree = new AreaTree([area("1", "grid", { bounds: [0, 0, 1, 1] }), area("2", "subdistrict")]);
    expect(labels(tree, "en", null).features).toEqual([]);
  });
});
