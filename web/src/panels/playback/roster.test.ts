import { describe, expect, it } from "vitest";
import { Roster } from "./roster";

const here = { code: "W1", name: "王一", role: "gridWorker" as const, area: "140106", left: null };
const gone = { code: "W2", name: "王二", role: "gridWorker", area: "140106", left: "2026-11-01T00:00:00Z" };
const page = (...items: object[]) => ({ items, next: null }) as never;
const reads = (name: string, typed: string) => name === "王二" && typed === "wanger";

describe("who can be chosen for a replay", () => {
  it("includes who left, marked with the moment", async () => {
    const roster = new Roster(async () => page(here, gone));
    const found = await roster.search("王", 20, null);
    expect(found?.map((who) => who.code)).toEqual(["W1", "W2"]);
    expect(roster.names.get("W2")?.left).toBe(gone.left);
    expect(roster.names.get("W1")?.left).toBeNull();
  });

  it("finds who left by pinyin, too", async () => {
    const roster = new Roster(
      async () => page(),
      async () => page(here, gone),
    );
    expect((await roster.search("wanger", 20, reads))?.map((who) => who.code)).toEqual(["W2"]);
  });

  it("keeps the mark when a track's answer names the same person without it", async () => {
    const roster = new Roster(async () => page(gone));
    await roster.learn("W2");
    roster.tell({ code: "W2", name: "王二", role: "gridWorker", area: "140106" });
    expect(roster.names.get("W2")?.left).toBe(gone.left);
  });

  it("learns from who was near that somebody has left meanwhile, and keeps the name", async () => {
    const roster = new Roster(async () => page(here));
    await roster.learn("W1");
    roster.tell({ ...here, name: "", left: gone.left });
    expect(roster.names.get("W1")).toMatchObject({ name: "王一", left: gone.left });
  });
});
