import { describe, expect, it } from "vitest";
import type { PolicyBody } from "../../wire/assessmentApi";
import { bandName, ruleOf, wayOf, whyNoTotal } from "./formula";

const policy: PolicyBody = {
  name: { zh: "默认", en: "Default" },
  timing: {
    acknowledgeSeconds: 60,
    acceptSeconds: 60,
    arriveSeconds: 600,
    doneSeconds: 7200,
    patrolMinutes: 30,
    dutyMinutes: 30,
  },
  bands: [{ id: "good", zh: "良好", en: "Good", from: 75 }],
  subjects: {
    worker: [{ id: "grid-coverage", weight: 100, minimumSamples: 20, formula: { kind: "linear", zero: 0, full: 0.9 } }],
  },
};

describe("the way from a value to points", () => {
  it("says when more earns no more", () => {
    const { formula } = ruleOf(policy, "worker", "grid-coverage") ?? expect.fail("no rule");
    expect(wayOf(formula, 0.81)).toEqual({ kind: "linear", zero: 0, full: 0.9, held: null });
    expect(wayOf(formula, 0.95)).toMatchObject({ held: "above" });
    expect(wayOf({ kind: "linear", zero: 60, full: 10 }, 70)).toMatchObject({ held: "below" });
  });

  it("names the highest step that was reached", () => {
    const formula = {
      kind: "steps",
      steps: [
        { from: 0.5, points: 60 },
        { from: 0.8, points: 100 },
      ],
    } as const;
    expect(wayOf({ ...formula, steps: [...formula.steps] }, 0.8)).toEqual({
      kind: "steps",
      step: { from: 0.8, points: 100 },
    });
    expect(wayOf({ ...formula, steps: [...formula.steps] }, 0.4)).toEqual({ kind: "steps", step: null });
  });
});

describe("a score without total", () => {
  it("says why in the list, too", () => {
    expect(whyNoTotal({ total: 80, subject: "W1" }, "worker", policy)).toBeNull();
    expect(whyNoTotal({ total: null, subject: "W1" }, "worker", policy)).toBe("over-half-without-data");
    expect(whyNoTotal({ total: null, subject: "D1" }, "department", policy)).toBe("not-assessed");
    expect(whyNoTotal({ total: null, subject: null }, "worker", policy)).toBe("erased");
    expect(whyNoTotal({ total: null, subject: "D1" }, "department", null)).toBe("over-half-without-data");
  });
});

describe("a band", () => {
  it("has the policy's name in the language that is read", () => {
    expect(bandName(policy, "good", "zh-CN")).toBe("良好");
    expect(bandName(policy, "good", "en")).toBe("Good");
    expect(bandName(policy, "unknown", "en")).toBeNull();
  });
});
