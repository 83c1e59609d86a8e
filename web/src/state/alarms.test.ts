import { describe, expect, it } from "vitest";
import { AlarmBook, byUrgency, clockText, ringOf, ShownAlarms, waitedMs } from "./alarms";
import { alarm, news } from "./alarmTesting";

const ids = (book: AlarmBook) => book.queue().map((one) => one.id);

describe("AlarmBook", () => {
  it("knows nothing until a full news, then what it holds", () => {
    const book = new AlarmBook();
    expect(book.known).toBe(false);
    book.take(news([], { full: true }));
    expect(book.known).toBe(true);
    expect(ids(book)).toEqual([]);
  });

  it("lets a full news replace all, and says what is over", () => {
    const book = new AlarmBook();
    book.take(news([alarm({ id: "a" }), alarm({ id: "b" })], { full: true }));
    const change = book.take(news([alarm({ id: "b" }), alarm({ id: "c" })], { full: true }));
    expect(ids(book)).toEqual(["b", "c"]);
    expect(change.over).toEqual(["a"]);
    expect(change.fresh.map((one) => one.id)).toEqual(["c"]);
  });

  it("never goes back to an older version", () => {
    const book = new AlarmBook();
    book.take(news([alarm({ id: "a", version: 3, state: "acknowledged" })]));
    book.take(news([alarm({ id: "a", version: 2 })], { full: true }));
    expect(book.find("a")?.state).toBe("acknowledged");
  });

  it("does not bring an alarm back that is over, unless it was opened again", () => {
    const book = new AlarmBook();
    book.take(news([alarm({ id: "a" })]));
    expect(book.take(news([alarm({ id: "a", version: 4, state: "resolved" })])).over).toEqual(["a"]);
    book.take(news([alarm({ id: "a", version: 4 })]));
    book.take(news([alarm({ id: "a", version: 2 })], { full: true }));
    expect(ids(book)).toEqual([]);
    expect(book.take(news([alarm({ id: "a", version: 5 })])).fresh).toHaveLength(1);
    expect(ids(book)).toEqual(["a"]);
  });

  it("keeps out an end it never saw the beginning of", () => {
    const book = new AlarmBook();
    expect(book.take(news([alarm({ id: "a", version: 4, state: "falseAlarm" })])).over).toEqual([]);
    book.take(news([alarm({ id: "a", version: 3 })]));
    expect(ids(book)).toEqual([]);
  });

  it("takes an alarm that a full news had not heard of yet back at the same version", () => {
    const book = new AlarmBook();
    book.take(news([alarm({ id: "a", version: 2 })]));
    book.take(news([], { full: true }));
    book.take(news([alarm({ id: "a", version: 2 })]));
    expect(ids(book)).toEqual(["a"]);
  });

  it("ends in the same queue whatever the order of the news", () => {
    const steps = [
      alarm({ id: "a", version: 1 }),
      alarm({ id: "a", version: 2, state: "acknowledged" }),
      alarm({ id: "b", version: 1, priority: 2 }),
      alarm({ id: "b", version: 2, state: "resolved" }),
      alarm({ id: "c", version: 1, priority: 3 }),
    ];
    const seen = new Set<string>();
    for (let turn = 0; turn < steps.length; turn++) {
      const order = [...steps.slice(turn), ...steps.slice(0, turn)];
      for (const run of [order, order.toReversed()]) {
        const book = new AlarmBook();
        for (const step of run) book.take(news([step, step]));
        seen.add(JSON.stringify(book.queue()));
      }
    }
    expect(seen.size).toBe(1);
  });

  it("puts what waits before what is seen to, then by priority, drills last, the longest waiting first", () => {
    const book = new AlarmBook();
    book.take(
      news(
        [
          alarm({ id: "seen", state: "acknowledged", arrivedAt: 1 }),
          alarm({ id: "low", priority: 3, arrivedAt: 1 }),
          alarm({ id: "drill", exercise: true, arrivedAt: 1 }),
          alarm({ id: "late", arrivedAt: 9 }),
          alarm({ id: "early", arrivedAt: 2 }),
        ],
        { full: true },
      ),
    );
    expect(ids(book)).toEqual(["early", "late", "drill", "low", "seen"]);
  });

  it("tells what grew louder: escalated, or pressed again", () => {
    const book = new AlarmBook();
    book.take(news([alarm({ id: "a" })]));
    expect(book.take(news([alarm({ id: "a", version: 2, level: 1 })])).louder).toHaveLength(1);
    expect(book.take(news([alarm({ id: "a", version: 3, level: 1, repeats: 1 })])).louder).toHaveLength(1);
    expect(book.take(news([alarm({ id: "a", version: 4, level: 1, repeats: 1 })])).louder).toHaveLength(0);
  });

  it("remembers which store is away", () => {
    const book = new AlarmBook();
    book.take(news([], { away: "postgres" }));
    expect(book.away).toBe("postgres");
  });
});

describe("ringOf", () => {
  it("rings on for an urgent alarm nobody acknowledged, shortly for one of the second rank", () => {
    expect(ringOf([])).toBeNull();
    expect(ringOf([alarm({ id: "a", priority: 3 })])).toBeNull();
    expect(ringOf([alarm({ id: "a", priority: 2, kind: "lostContact" })])).toBe("short");
    expect(ringOf([alarm({ id: "a" }), alarm({ id: "b", priority: 2 })])).toBe("urgent");
    expect(ringOf([alarm({ id: "a", state: "acknowledged" })])).toBeNull();
  });
});

describe("AlarmBook.versionOf", () => {
  it("goes on with news of an alarm that is over", () => {
    const book = new AlarmBook();
    const news = (version: number, state: "raised" | "resolved") =>
      book.take({ full: false, time: 0, away: "", alarms: [alarm({ id: "a", version, state })] });
    expect(book.versionOf("a")).toBeNull();
    const heard = (
      [
        [1, "raised"],
        [2, "resolved"],
        [3, "resolved"],
        [2, "resolved"],
      ] as const
    ).map(([version, state]) => {
      news(version, state);
      return book.versionOf("a");
    });
    expect(heard).toEqual([1, 2, 3, 3]);
    expect(book.queue()).toEqual([]);
  });
});

describe("the running clock", () => {
  it("counts server time since it arrived, and stops at the acknowledgement", () => {
    expect(waitedMs(alarm({ id: "a", arrivedAt: 2000 }), 9000)).toBe(7000);
    expect(waitedMs(alarm({ id: "a", arrivedAt: 2000, acknowledgedAt: 5000 }), 9000)).toBe(3000);
    expect(waitedMs(alarm({ id: "a", arrivedAt: 2000 }), 1000)).toBe(0);
    const reopened = alarm({ id: "a", arrivedAt: 2000, waitsSince: 8000 });
    expect(waitedMs(reopened, 9000)).toBe(1000);
    expect([reopened, alarm({ id: "b", arrivedAt: 5000 })].sort(byUrgency).map(({ id }) => id)).toEqual(["b", "a"]);
  });
  it("is read like a stopwatch", () => {
    expect([7_000, 765_000, 3_723_000].map(clockText)).toEqual(["0:07", "12:45", "1:02:03"]);
  });
});

describe("ShownAlarms", () => {
  it("tells each version once", () => {
    const shown = new ShownAlarms();
    const first = alarm({ id: "a" });
    expect(shown.due([first])).toEqual([first]);
    expect(shown.due([first])).toEqual([]);
    expect(shown.due([{ ...first, version: 2 }])).toHaveLength(1);
    expect(shown.due([first])).toEqual([]);
  });
  it("tells again after a break", () => {
    const shown = new ShownAlarms();
    shown.due([alarm({ id: "a" })]);
    shown.forget();
    expect(shown.due([alarm({ id: "a" })])).toHaveLength(1);
  });
});
