import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { keepingEn } from "../../i18n/keeping.en";
import { keepingZhCN } from "../../i18n/keeping.zh-CN";
import type { TrackErasureReceipt } from "../../wire/contracts.gen";
import { receiptName, shareDone, stayOf, sumOf } from "./receipt";

const receipt = (rows: number, finishedAt: string | null, worker = "W-1"): TrackErasureReceipt => ({
  id: 7,
  worker,
  requestedAt: "",
  requestedBy: "",
  reason: "",
  case: null,
  finishedAt,
  tables: [
    { table: "track_pieces", rows, fixes: rows * 2 },
    { table: "track_notes", rows: 1, fixes: 0 },
  ],
  laterFixes: 0,
  sha256: null,
  stays: [],
});

describe("what an erasure leaves", () => {
  const lines = readFileSync("../src/CommandCenter/Tracks/Keeping/ErasureReceipts.cs", "utf8");
  const named = [...lines.matchAll(/^ {8}"(\w+): /gm)].map((match) => match[1]);

  it.each([
    ["zh-CN", keepingZhCN],
    ["en", keepingEn],
  ])("has words of the page's own for every line of the server's, %s", (_, { stays }) => {
    expect(named.length).toBeGreaterThan(5);
    expect(Object.keys(stays).sort()).toEqual(named.sort());
  });
});

describe("a receipt", () => {
  it("adds up what went", () => expect(sumOf(receipt(3, null).tables)).toEqual({ rows: 4, fixes: 6 }));

  it("is never whole before it is finished, and always then", () => {
    expect(shareDone(8, receipt(3, null))).toBe(0.5);
    expect(shareDone(2, receipt(9, null))).toBeLessThan(1);
    expect(shareDone(0, receipt(0, null))).toBe(0);
    expect(shareDone(100, receipt(3, "2026-11-22T00:00:00Z"))).toBe(1);
  });

  it("has a name that every file system takes", () => {
    expect(receiptName(receipt(1, null, "太原/W 1..\\x"))).toBe("erasure-7-太原_W_1_x.json");
  });

  it("knows which of the things that stay a line is about", () => {
    expect(stayOf("audit: who looked: and when")).toEqual({ key: "audit", text: "who looked: and when" });
    expect(stayOf("something new")).toEqual({ key: "", text: "something new" });
  });
});
