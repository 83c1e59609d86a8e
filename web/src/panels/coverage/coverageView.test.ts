import { describe, expect, it } from "vitest";
import { type CoverageView, readCoverage, writeCoverage } from "./coverageView";

const today = "2026-11-23";
const usual = readCoverage("", today);

describe("the coverage page's address", () => {
  it("is empty for the usual look", () => {
    expect(writeCoverage(usual)).toBe("");
    expect(usual).toMatchObject({ measure: "age", days: 7, to: null, area: null, cell: null });
  });

  it("opens the same look again", () => {
    const view: CoverageView = {
      area: "140106004",
      measure: "blind",
      days: 28,
      to: "2026-10-31",
      cell: "718000000000123",
      longitude: 112.56,
      latitude: 37.86,
      zoom: 14.5,
      language: "en",
      style: "day",
      basemap: "none",
    };
    expect(readCoverage(writeCoverage(view), today)).toEqual(view);
  });

  it.each([
    "measure=heat",
    "days=9",
    "to=2026-12-24",
    "to=2026-02-30",
    "cell=x",
    "map=1,2",
    "map=190,0,3",
    "style=pink",
  ])("leaves %s as it usually is", (part) => expect(readCoverage(`?${part}`, today)).toEqual(usual));
});
