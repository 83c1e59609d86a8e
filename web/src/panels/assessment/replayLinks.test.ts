import { expect, it } from "vitest";
import { readPlayback } from "../playback/playbackView";
import { dayReplay, sentReplay } from "./replayLinks";

const viewOf = (address: string) => readPlayback(address.slice(address.indexOf("?")));

it("a day is that of the center's zone", () => {
  expect(viewOf(dayReplay("W1", "2026-10-01", "en"))).toMatchObject({
    workers: ["W1"],
    span: { from: Date.parse("2026-09-30T16:00:00Z"), to: Date.parse("2026-10-01T16:00:00Z") },
    language: "en",
  });
});

it("an assignment is replayed with what came before and after", () => {
  expect(viewOf(sentReplay("W1", "2026-10-01T02:00:00Z", "2026-10-01T02:05:00Z", "zh-CN"))).toMatchObject({
    span: { from: Date.parse("2026-10-01T01:50:00Z"), to: Date.parse("2026-10-01T02:15:00Z") },
    at: Date.parse("2026-10-01T02:00:00Z"),
  });
  expect(viewOf(sentReplay("W1", "2026-10-01T02:00:00Z", null, "en")).span?.to).toBe(
    Date.parse("2026-10-01T02:10:00Z"),
  );
});
