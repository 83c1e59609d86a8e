import { describe, expect, it } from "vitest";
import type { PolicyBody } from "../../wire/assessmentApi";
import { changesBetween, faultsAt, hasField, ruleOf, sumOf } from "./policyDraft";

const policy = (weights: [string, number][]): PolicyBody => ({
  name: { zh: "甲", en: "A" },
  timing: {
    acknowledgeSeconds: 60,
    acceptSeconds: 60,
    arriveSeconds: 600,
    doneSeconds: 7200,
    patrolMinutes: 30,
    dutyMinutes: 30,
  },
  bands: [{ id: "all", zh: "全", en: "All", from: 0 }],
  subjects: { worker: weights.map(([id, weight]) => ({ ...ruleOf(id), weight })) },
});

describe("a policy's draft", () => {
  it("sums weights as people do", () => {
    expect(
      sumOf(
        policy([
          ["a", 0.1],
          ["b", 0.2],
          ["c", 99.7],
        ]).subjects.worker ?? [],
      ),
    ).toBe(100);
    expect(
      sumOf([
        { ...ruleOf("a"), weight: Number.NaN },
        { ...ruleOf("b"), weight: 5 },
      ]),
    ).toBe(5);
  });

  it("knows which faults have a field", () => {
    const one = policy([["a", 50]]);
    expect(hasField(one, "/policy/subjects/worker/0/weight")).toBe(true);
    expect(hasField(one, "/policy/subjects/worker/0/formula/full")).toBe(true);
    expect(hasField(one, "/policy/subjects/worker")).toBe(true);
    expect(hasField(one, "/policy/subjects/worker/1/weight")).toBe(false);
    expect(hasField(one, "/policy/subjects/worker/0/id")).toBe(false);
    expect(hasField(one, "/policy/bands/3/from")).toBe(false);
    expect(hasField(one, "/validFrom")).toBe(true);
  });

  it("finds what is said of a field", () =>
    expect(faultsAt({ "/policy/timing/acceptSeconds": ["must be 1 or more"] }, "/timing/acceptSeconds")).toEqual([
      "must be 1 or more",
    ]));

  it("tells what changed, came and went", () => {
    const changes = changesBetween(
      policy([
        ["a", 60],
        ["b", 40],
        ["d", 0],
      ]),
      policy([
        ["a", 70],
        ["d", 0],
        ["c", 30],
      ]),
    );
    expect(
      changes.map(({ indicator, before, after }) => [indicator, before?.weight ?? null, after?.weight ?? null]),
    ).toEqual([
      ["a", 60, 70],
      ["c", null, 30],
      ["b", 40, null],
    ]);
  });
});
