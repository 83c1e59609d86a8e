import { describe, expect, it } from "vitest";
import { chooseLanguage } from ".";
import { adminEn } from "./admin.en";
import { adminZhCN } from "./admin.zh-CN";
import { alarmDeskEn } from "./alarmDesk.en";
import { alarmDeskZhCN } from "./alarmDesk.zh-CN";
import { alarmReplayEn } from "./alarmReplay.en";
import { alarmReplayZhCN } from "./alarmReplay.zh-CN";
import { assessmentEn } from "./assessment.en";
import { assessmentZhCN } from "./assessment.zh-CN";
import { coverageEn } from "./coverage.en";
import { coverageZhCN } from "./coverage.zh-CN";
import { en } from "./en";
import { playbackEn } from "./playback.en";
import { playbackZhCN } from "./playback.zh-CN";
import { zhCN } from "./zh-CN";

/** Every message with its path, lists included. */
function flatten(node: unknown, path = ""): Map<string, string> {
  if (typeof node === "string") return new Map([[path, node]]);
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(node as object)) {
    for (const [at, text] of flatten(value, path ? `${path}.${key}` : key)) all.set(at, text);
  }
  return all;
}

const chinese = flatten({
  ...zhCN,
  admin: adminZhCN,
  playback: playbackZhCN,
  alarmDesk: alarmDeskZhCN,
  alarmReplay: alarmReplayZhCN,
  coverage: coverageZhCN,
  assessment: assessmentZhCN,
});
const english = flatten({
  ...en,
  admin: adminEn,
  playback: playbackEn,
  alarmDesk: alarmDeskEn,
  alarmReplay: alarmReplayEn,
  coverage: coverageEn,
  assessment: assessmentEn,
});
const SWITCHES = ["language.switch", "admin.languageSwitch"];
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe("message catalogues", () => {
  it("have the same keys", () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  });

  it("leave no message empty", () => {
    for (const [key, text] of [...chinese, ...english]) expect(text.trim(), key).not.toBe("");
  });

  it("use the same placeholders", () => {
    for (const [key, text] of chinese) expect(placeholders(english.get(key) ?? ""), key).toEqual(placeholders(text));
  });

  it("hold nothing that the message syntax would take for its own", () => {
    for (const [key, text] of [...chinese, ...english]) expect(text.replaceAll("{'@'}", ""), key).not.toMatch(/[@|]/);
  });

  it("keep to the tone of a control room: no exclamation marks", () => {
    for (const [key, text] of [...chinese, ...english]) expect(text, key).not.toMatch(/[!！]/);
  });

  it("leave no Chinese in the English one but the switch to it", () => {
    const left = [...english].filter(([key, text]) => !SWITCHES.includes(key) && /\p{Script=Han}/u.test(text));
    expect(left).toEqual([]);
  });
});

describe("chooseLanguage", () => {
  it("starts in Chinese", () => expect(chooseLanguage(null, null)).toBe("zh-CN"));
  it("lets the address win over what was remembered", () => expect(chooseLanguage("zh-CN", "en")).toBe("zh-CN"));
  it("falls back to Chinese for a language it does not speak", () => expect(chooseLanguage("fr", null)).toBe("zh-CN"));
});
