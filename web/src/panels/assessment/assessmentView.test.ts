import { describe, expect, it } from "vitest";
import { type AssessmentView, readAssessment, writeAssessment } from "./assessmentView";

const usual = readAssessment("");

describe("the score page's address", () => {
  it("is empty for the usual look", () => {
    expect(writeAssessment(usual)).toBe("");
    expect(usual).toMatchObject({ period: "month", starts: null, subject: "worker", sort: "-total", score: null });
  });

  it("opens the same look again", () => {
    const view: AssessmentView = {
      area: "140106004",
      period: "quarter",
      starts: "2026-10-01",
      version: 2,
      subject: "grid",
      sort: "total",
      score: 17,
      evidence: "grid-coverage",
      paper: true,
      language: "en",
      style: "day",
      basemap: "none",
    };
    expect(readAssessment(writeAssessment(view))).toEqual(view);
  });

  it.each([
    "period=year",
    "starts=2026-13-01",
    "version=0",
    "version=1.5",
    "subject=dog",
    "sort=name",
    "score=-1",
    "evidence=grid-coverage",
    "paper=2",
    "style=pink",
  ])("leaves %s as it usually is", (part) => expect(readAssessment(`?${part}`)).toEqual(usual));
});
