import { describe, expect, it } from "vitest";
import type { AssignmentInfo } from "../wire/contracts.gen";
import { inOrder, isUnderWay, nextStates, stepOfText } from "./dispatch";

const sent = (worker: string, state: AssignmentInfo["state"], sentAt: string) =>
  ({ worker, state, sentAt }) as AssignmentInfo;

describe("assignments", () => {
  it("are over once cleared, declined, unanswered or cancelled", () => {
    expect(
      ["dispatched", "handling", "cleared", "declined", "noAnswer", "cancelled"].map((s) => isUnderWay(s as never)),
    ).toEqual([true, true, false, false, false, false]);
  });

  it("offer the next state of the way first", () => {
    expect(nextStates("dispatched")).toEqual(["accepted", "declined", "cancelled"]);
    expect(nextStates("enRoute")).toEqual(["onScene", "cancelled"]);
    expect(nextStates("handling")).toEqual(["cleared", "cancelled"]);
    expect(nextStates("noAnswer")).toEqual(["accepted"]);
    expect(nextStates("cleared")).toEqual([]);
  });

  it("stand with those under way first and the newest before the older", () => {
    const all = [
      sent("A", "cleared", "2026-11-23T02:12:00Z"),
      sent("B", "enRoute", "2026-11-23T02:10:00Z"),
      sent("C", "dispatched", "2026-11-23T02:11:00Z"),
    ];
    expect(inOrder(all).map((one) => one.worker)).toEqual(["C", "B", "A"]);
  });

  it("are told from a dispatcher's own words in a ledger", () => {
    expect(stepOfText("140106-17 enRoute")).toEqual({ worker: "140106-17", state: "enRoute", note: "" });
    expect(stepOfText("W-1 declined: at another call")?.note).toBe("at another call");
    expect(stepOfText("on my way")).toBeNull();
    expect(stepOfText("called twice")).toBeNull();
    expect(stepOfText(null)).toBeNull();
  });
});
