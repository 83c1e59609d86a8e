import { describe, expect, it } from "vitest";
import { AreaTree } from "../../state/areas";
import type { AreaInfo, TrackRetention } from "../../wire/contracts.gen";
import { retentionRows, waysToRules } from "./retentionRows";

const area = (code: string, parent: string | null) => ({ code, parent, name: code }) as AreaInfo;
const tree = new AreaTree([area("14", null), area("14-1", "14"), area("14-1-1", "14-1"), area("14-2", "14")]);
const rule = (code: string, days: number) => ({ area: code, days, reason: "", setAt: "", setBy: "" });
const kept = (above: number | null, ...rules: [string, number][]): TrackRetention => ({
  days: 90,
  above,
  beside: [],
  rules: rules.map(([code, days]) => rule(code, days)),
});
const rows = (retention: TrackRetention, only = false) =>
  retentionRows(tree, retention, () => true, only).map(({ code, days, basis, from }) => [code, days, basis, from]);

describe("retention rows", () => {
  it("say whose rule counts: the nearest above, and only there", () => {
    expect(rows(kept(null, ["14", 30], ["14-1", 365]))).toEqual([
      ["14", 30, "own", "14"],
      ["14-1", 365, "own", "14-1"],
      ["14-1-1", 365, "above", "14-1"],
      ["14-2", 30, "above", "14"],
    ]);
  });

  it("tell the server's setting from a rule above the viewer's areas", () => {
    expect(rows(kept(null))[0]).toEqual(["14", 90, "server", null]);
    expect(rows(kept(10))[3]).toEqual(["14-2", 10, "higher", null]);
  });

  it("can be those with rules of their own alone, without areas that are gone", () => {
    expect(rows(kept(null, ["14-2", 5], ["gone", 7], ["14-1", 6]), true).map(([code]) => code)).toEqual([
      "14-1",
      "14-2",
    ]);
  });

  it("show what is open alone", () => {
    const closed = retentionRows(tree, kept(null), (node) => node.area.code === "14", false);
    expect(closed.map(({ code, open }) => [code, open])).toEqual([
      ["14", true],
      ["14-1", false],
      ["14-2", null],
    ]);
  });

  it("open the way to every rule", () => {
    expect([...waysToRules(tree, kept(null, ["14-1-1", 5], ["gone", 7]))].sort()).toEqual(["14", "14-1"]);
  });
});
