import { describe, expect, it } from "vitest";
import { playbackEn } from "../../i18n/playback.en";
import { playbackZhCN } from "../../i18n/playback.zh-CN";
import { refusalOf, wordsOf } from "./refusals";

const HOURS =
  "8 hours of an area are asked for and 2 are allowed in one request: ask for 2 hours at a time, or name the workers.";
const MANY = "300 workers are asked for and 200 are allowed in one request: ask in groups, or for an area.";

describe("what the server refuses", () => {
  it.each([
    [403, "out-of-scope", "There is no such worker in your area.", "outOfScope", ""],
    [403, "role", "A wall shows the present.", "role", ""],
    [400, "too-much", HOURS, "tooMuchHours", "2"],
    [400, "too-much", MANY, "tooMuchWorkers", "200"],
    [400, "too-much", "Something new.", "tooMuch", ""],
    [409, "being-erased", "Tracks of one of these people are being erased.", "beingErased", ""],
    [400, "bad-argument", "'from' must be before 'to'.", "badArgument", ""],
  ])("%d %s is said in the viewer's words", (status, code, detail, known, n) => {
    const refusal = refusalOf(status, detail, null, code);
    expect([refusal.known, refusal.n, wordsOf(refusal)]).toEqual([known, n, `playback.refused.${known}`]);
    for (const words of [playbackZhCN, playbackEn]) expect(words.refused).toHaveProperty(known);
    expect(playbackZhCN.refused[known as "role"]).not.toContain("{detail}");
  });

  it("keeps the server's own words for what the page has none for", () => {
    const refusal = refusalOf(403, "Ask your mayor.", null, "mayor");
    expect([wordsOf(refusal), refusal.detail]).toEqual(["playback.failed.forbidden", "Ask your mayor."]);
  });
});
