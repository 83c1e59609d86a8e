import { expect, it } from "vitest";
import { type Component, createSSRApp, h } from "vue";
import { renderToString } from "vue/server-renderer";
import { makeI18n } from "../i18n";
import type { AlarmDetail, AlarmEntry } from "../wire/contracts.gen";
import AlarmNotes from "./AlarmNotes.vue";
import AlarmPicture from "./AlarmPicture.vue";

const NOW = Date.UTC(2026, 10, 23, 2);
const file = (id: string, type: "image/png" | "application/pdf") =>
  ({ id, name: `${id}.x`, type, size: 2_097_152, sha256: "00" }) as const;
const attached = (number: number, attachment: AlarmEntry["attachment"]): AlarmEntry => ({
  number,
  at: new Date(NOW).toISOString(),
  step: "attached",
  by: "duty",
  text: attachment?.name ?? null,
  hash: "",
  via: "desk",
  afterEnd: false,
  wordsDeleted: false,
  attachment,
});
const detail = (with_: Partial<AlarmDetail> = {}): AlarmDetail =>
  ({
    id: "a1",
    ledger: [attached(2, file("p", "image/png")), attached(3, file("d", "application/pdf"))],
    notesUntil: null,
    mostAttachmentBytes: 10_485_760,
    mostAttachments: 20,
    ...with_,
  }) as AlarmDetail;
const rendered = (component: Component, props: object, language: "zh-CN" | "en" = "en"): Promise<string> =>
  renderToString(createSSRApp({ render: () => h(component, props) }).use(makeI18n(language)));
const box = { mayWrite: true, csrf: "c", now: NOW };

it("pictures open large, other files are links with their size, and the limits are told", async () => {
  const html = await rendered(AlarmNotes, { ...box, alarm: detail() });
  expect(html).toContain('src="/api/alarms/a1/attachments/p"');
  expect(html).toContain('href="/api/alarms/a1/attachments/d"');
  expect(html).toContain("d.x (2 MB)");
  expect(html).toContain("up to 10 MB each and 20 in all");
});

it("who may not write sees the files and no box", async () => {
  const html = await rendered(AlarmNotes, { ...box, mayWrite: false, alarm: detail() });
  expect(html).toContain("attachment-picture");
  expect(html).not.toContain("alarm-note-text");
});

it("says until when one that is over is added to, and offers nothing afterwards", async () => {
  const until = (ms: number) => ({ ...box, alarm: detail({ notesUntil: new Date(NOW + ms).toISOString() }) });
  expect(await rendered(AlarmNotes, until(86_400_000))).toContain("it can be added to until");
  const late = await rendered(AlarmNotes, until(-1));
  expect(late).toContain("ended too long ago");
  expect(late).not.toContain("alarm-note-text");
});

it("says that files about a stranger are hidden instead of that there are none", async () => {
  const html = await rendered(AlarmNotes, { ...box, alarm: detail({ ledger: [attached(2, null)] }) });
  expect(html).toContain("not yours to see");
});

it("has words for every key in both languages", async () => {
  for (const language of ["zh-CN", "en"] as const) {
    const pictures = [file("p", "image/png"), file("q", "image/png")];
    const props = { pictures, at: (id: string) => id, modelValue: "q" };
    expect(await rendered(AlarmNotes, { ...box, alarm: detail() }, language)).not.toMatch(/alarmDesk\./);
    expect(await rendered(AlarmPicture, props, language)).toMatch(/2 \/ 2/);
    expect(await rendered(AlarmPicture, props, language)).not.toMatch(/alarmDesk\./);
  }
});
