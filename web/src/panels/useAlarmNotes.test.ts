import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { effectScope, nextTick, ref } from "vue";
import { ApiProblem } from "../wire/api";

const sent: { alarm: string; id: string; text?: string; name?: string }[] = [];
const answers: (() => Promise<unknown>)[] = [];
const answer = () => (answers.shift() ?? (() => Promise.resolve({})))();
vi.mock("../wire/alarmNotesApi", () => ({
  MOST_ALARM_NOTE: 500,
  addAlarmNote: (alarm: string, note: { id: string; text: string }) => {
    sent.push({ alarm, ...note });
    return answer();
  },
  sendAttachment: (alarm: string, id: string, file: File, _: string, progress: (part: number) => void) => {
    sent.push({ alarm, id, name: file.name });
    progress(0.5);
    return answer();
  },
}));
const { problemOfNote, useAlarmNotes } = await import("./useAlarmNotes");

const lost = () => Promise.reject(new ApiProblem(0, null, null, null));
const refused = (status: number, reason: string | null) => () =>
  Promise.reject(new ApiProblem(status, reason, null, null));
const picture = (name = "a.png", size = 10) => new File([new Uint8Array(size)], name, { type: "image/png" });
const settled = async () => {
  for (let n = 0; n < 20; n++) await nextTick();
};

let number = 0;
let scope = effectScope();
function desk(taken = 0) {
  const alarm = ref(`alarm-${++number}`);
  const events: string[] = [];
  const notes = scope.run(() =>
    useAlarmNotes({
      alarm: () => alarm.value,
      csrf: () => "c",
      limits: () => ({ bytes: 1000, count: 3 }),
      taken: () => taken,
      added: () => events.push("added"),
      signedOut: () => events.push("signedOut"),
    }),
  ) as ReturnType<typeof useAlarmNotes>;
  return { alarm, events, ...notes };
}

beforeEach(() => {
  sent.length = 0;
  answers.length = 0;
  scope = effectScope();
});
afterEach(() => scope.stop());

describe("a note", () => {
  it("is sent trimmed, once, and leaves the box empty", async () => {
    const { text, send, events, busy } = desk();
    text.value = " 家属已联系\n";
    const first = send();
    expect(busy.value).toBe(true);
    await send();
    await first;
    expect(sent.map((one) => one.text)).toEqual(["家属已联系"]);
    expect([text.value, events]).toEqual(["", ["added"]]);
  });

  it("stays in the box when it was not taken, and is the same note when sent again", async () => {
    const { text, send, problem } = desk();
    text.value = "在二楼";
    answers.push(lost, lost);
    await send();
    expect([text.value, problem.value]).toEqual(["在二楼", "away"]);
    await send();
    text.value = "在三楼";
    await send();
    expect(sent[1].id).toBe(sent[0].id);
    expect(sent[2].id).not.toBe(sent[0].id);
    expect([text.value, problem.value]).toEqual(["", null]);
  });

  it("is not sent empty or too long", async () => {
    const { text, send, maySend, left } = desk();
    for (const said of ["", "  \n", "x".repeat(501)]) {
      text.value = said;
      expect(maySend.value).toBe(false);
      await send();
    }
    expect(left.value).toBe(-1);
    expect(sent).toEqual([]);
  });

  it("waits while another alarm is looked at", async () => {
    const { text, alarm } = desk();
    text.value = "写到一半";
    const own = alarm.value;
    alarm.value = "another";
    await nextTick();
    expect(text.value).toBe("");
    alarm.value = own;
    await nextTick();
    expect(text.value).toBe("写到一半");
  });

  it("ends the session's page when the session is over", async () => {
    const { text, send, events } = desk();
    text.value = "x";
    answers.push(refused(401, "signed-out"));
    await send();
    expect(events).toEqual(["signedOut"]);
  });
});

describe("a file", () => {
  it("is sent after the one before, and says how far it has come", async () => {
    const { add, uploads, events } = desk();
    let finish = (_: unknown) => {};
    answers.push(() => new Promise((resolve) => (finish = resolve)));
    add([picture("a.png"), picture("b.png")]);
    await settled();
    expect(uploads.value.map((one) => [one.name, one.state, one.progress])).toEqual([
      ["a.png", "sending", 0.5],
      ["b.png", "waiting", 0],
    ]);
    finish({});
    await settled();
    expect(sent.map((one) => one.name)).toEqual(["a.png", "b.png"]);
    expect([uploads.value, events]).toEqual([[], ["added", "added"]]);
  });

  it("that the server would refuse is not sent, and says why", async () => {
    const { add, uploads } = desk(1);
    add([picture("big.png", 1001), picture("1.png"), picture("2.png"), picture("3.png")]);
    await settled();
    expect(uploads.value.map((one) => [one.name, one.problem, one.again])).toEqual([
      ["big.png", "too-large", false],
      ["3.png", "attachments-full", false],
    ]);
    expect(sent.map((one) => one.name)).toEqual(["1.png", "2.png"]);
  });

  it("that got no answer is tried again as the same file", async () => {
    const { add, uploads, retry, drop } = desk();
    answers.push(lost, refused(415, "attachment-type"));
    add([picture("a.png"), picture("b.png")]);
    await settled();
    expect(uploads.value.map((one) => [one.problem, one.again])).toEqual([
      ["away", true],
      ["attachment-type", false],
    ]);
    drop(uploads.value[1]);
    retry(uploads.value[0]);
    await settled();
    expect(sent[2].id).toBe(sent[0].id);
    expect(uploads.value).toEqual([]);
  });
});

it("names what a refusal means to somebody who writes", () => {
  const of = (status: number, reason: string | null) => problemOfNote(new ApiProblem(status, reason, null, null));
  expect([
    of(409, "alarm-too-old"),
    of(403, "out-of-scope"),
    of(503, "backend-away"),
    of(503, "busy"),
    of(400, null),
  ]).toEqual(["alarm-too-old", "forbidden", "away", "busy", "failed"]);
  expect(problemOfNote(new Error("x"))).toBe("failed");
});
