import { describe, expect, it } from "vitest";
import { AreaTree } from "../state/areas";
import type { AreaInfo } from "../wire/contracts.gen";
import { centroid, labels, outlines } from "./areaFeatures";

const box = (w: number, s: number, e: number, n: number) => [
  [
    [w, s],
    [e, s],
    [e, n],
    [w, n],
    [w, s],
  ],
];

const area = (code: string, kind: AreaInfo["kind"], geometry: unknown, bounds: number[] | null = null): AreaInfo => ({
  id: 1,
  code,
  name: "柳巷街道",
  nameEn: "Liuxiang",
  kind,
  gridType: null,
  parent: null,
  bounds,
  center: null,
  geometry,
});

describe("area features", () => {
  it("puts the name at the centre of mass", () => {
    expect(centroid(box(112, 37, 114, 38)[0] as [number, number][])).toEqual([113, 37.5]);
  });

  it("labels the largest part of an area in pieces", () => {
    const geometry = { type: "MultiPolygon", coordinates: [box(0, 0, 1, 1), box(10, 10, 14, 14)] };
    const { features } = labels(new AreaTree([area("1", "subdistrict", geometry)]), "zh-CN", null);
    expect(features[0].geometry).toEqual({ type: "Point", coordinates: [12, 12] });
    expect(features[0].properties).toMatchObject({ name: "柳巷街道", count: "", level: 1 });
  });

  it("draws no outline where there is none, but still a name inside the bounds", () => {
    const tree = new AreaTree([area("1", "grid", null, [0, 0, 2, 4])]);
    expect(outlines(tree).features).toEqual([]);
    expect(labels(tree, "en", () => "3/4").features[0]).toMatchObject({
      geometry: { coordinates: [1, 2] },
      properties: { name: "Liuxiang", count: "3/4", level: 3 },
    });
  });
});
