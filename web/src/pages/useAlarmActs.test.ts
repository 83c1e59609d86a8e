import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { alarm } from "../state/alarmTesting";
import { ApiProblem } from "../wire/api";
import { problemOfAct, useAlarmActs } from "./useAlarmActs";

const answers: Response[] = [];
const asked: { path: string; body: unknown }[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  answers.length = 0;
  asked.length = 0;
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    asked.push({ path, body: JSON.parse(String(init.body)) });
    return answers.shift() ?? new Response(null, { status: 204 });
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("problemOfAct", () => {
  it("names what a refusal means to somebody who acts", () => {
    const of = (status: number) => problemOfAct(new ApiProblem(status, null, null, null));
    expect([0, 503, 403, 404, 409, 400].map(of)).toEqual(["away", "away", "forbidden", "gone", "conflict", "failed"]);
    expect(problemOfAct(new Error("x"))).toBe("failed");
  });
});

describe("useAlarmActs", () => {
  it("offers to take an end back, for a while", async () => {
    const acts = useAlarmActs(
      () => "c",
      () => {},
    );
    expect(await acts.resolve(alarm({ id: "a" }), "falseAlarm", "按错")).toBe(true);
    expect(asked[0]).toEqual({ path: "/api/alarms/a/resolve", body: { outcome: "falseAlarm", reason: "按错" } });
    expect(acts.ended.value?.alarm.id).toBe("a");
    vi.advanceTimersByTime(60_000);
    expect(acts.ended.value).toBeNull();
  });

  it("reopens, and offers it no more", async () => {
    const acts = useAlarmActs(
      () => "c",
      () => {},
    );
    await acts.resolve(alarm({ id: "a" }), "resolved", "已处置");
    expect(await acts.reopen("a", "误操作")).toBe(true);
    expect(asked[1]).toEqual({ path: "/api/alarms/a/reopen", body: { reason: "误操作" } });
    expect(acts.ended.value).toBeNull();
  });

  it("keeps what went wrong with the alarm it went wrong with", async () => {
    const acts = useAlarmActs(
      () => "c",
      () => {},
    );
    answers.push(new Response("{}", { status: 409 }));
    expect(await acts.acknowledge("a")).toBe(false);
    expect(acts.problems.get("a")).toBe("conflict");
    expect(await acts.acknowledge("a")).toBe(true);
    expect(acts.problems.has("a")).toBe(false);
  });

  it("leaves the page when the session is over", async () => {
    let out = 0;
    const acts = useAlarmActs(
      () => "c",
      () => out++,
    );
    answers.push(new Response("{}", { status: 401 }));
    await acts.acknowledge("a");
    expect(out).toBe(1);
  });
});
