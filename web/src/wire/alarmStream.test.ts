import { type HubConnection, HubConnectionState, type IStreamSubscriber } from "@microsoft/signalr";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { alarm } from "../state/alarmTesting";
import { alarmNewsFrom, type WireAlarmNews } from "./alarmNews";
import { AlarmStream } from "./alarmStream";
import type { AlarmNews } from "./contracts.gen";

const wire = (with_: Partial<WireAlarmNews> = {}): WireAlarmNews => ({
  full: true,
  time: 5n,
  away: "",
  alarms: [],
  ...with_,
});

function streamOn() {
  const subscribers: IStreamSubscriber<WireAlarmNews>[] = [];
  const sent: unknown[][] = [];
  const connection = {
    state: HubConnectionState.Connected as HubConnectionState,
    stream: () => ({
      subscribe(subscriber: IStreamSubscriber<WireAlarmNews>) {
        subscribers.push(subscriber);
        return { dispose: () => {} };
      },
    }),
    send: (...args: unknown[]) => {
      sent.push(args);
      return Promise.resolve();
    },
  };
  const lanes: string[] = [];
  const heard: AlarmNews[] = [];
  const stream = new AlarmStream(connection as unknown as HubConnection, {
    news: (news) => heard.push(news),
    lane: (lane, reason) => lanes.push(reason ? `${lane}: ${reason}` : lane),
  });
  return { stream, subscribers, sent, connection, lanes, heard };
}

describe("alarmNewsFrom", () => {
  it("turns 64-bit numbers into plain ones and missing parts into what stands for none", () => {
    const one = {
      ...alarm({ id: "a" }),
      version: 7n,
      occurredAt: 8n,
      arrivedAt: 9n,
      waitsSince: 11n,
      acknowledgedAt: 10n,
    };
    const news = alarmNewsFrom(wire({ time: 11n, alarms: [one] }));
    expect(news.time).toBe(11);
    expect(news.alarms[0]).toMatchObject({
      version: 7,
      occurredAt: 8,
      arrivedAt: 9,
      waitsSince: 11,
      acknowledgedAt: 10,
    });
    expect(alarmNewsFrom(wire({ alarms: null })).alarms).toEqual([]);
  });
});

describe("AlarmStream", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("hands news on and says that the lane is open", () => {
    const { stream, subscribers, heard, lanes } = streamOn();
    stream.open();
    subscribers[0].next(wire());
    expect(heard).toHaveLength(1);
    expect(lanes).toEqual(["open"]);
  });

  it("says what it was refused with, and asks again while the connection stands", () => {
    const { stream, subscribers, lanes } = streamOn();
    stream.open();
    subscribers[0].error(new Error("An error occurred. HubException: 503 the log is away"));
    expect(lanes).toEqual(["lost: the log is away"]);
    vi.advanceTimersByTime(1000);
    expect(subscribers).toHaveLength(2);
    subscribers[1].next(wire());
    expect(lanes.at(-1)).toBe("open");
  });

  it("waits for the next connection when that is what broke", () => {
    const { stream, subscribers, connection, lanes, heard } = streamOn();
    stream.open();
    connection.state = HubConnectionState.Disconnected;
    stream.drop();
    subscribers[0].error(new Error("closed"));
    subscribers[0].next(wire());
    vi.advanceTimersByTime(60_000);
    expect(subscribers).toHaveLength(1);
    expect(lanes).toEqual(["lost"]);
    expect(heard).toHaveLength(0);
  });

  it("asks anew when the lane falls silent, though nothing ended", () => {
    const { stream, subscribers, lanes } = streamOn();
    stream.open();
    for (let n = 0; n < 10; n++) {
      subscribers[0].next(wire({ full: false }));
      vi.advanceTimersByTime(10_000);
    }
    expect(subscribers).toHaveLength(1);
    vi.advanceTimersByTime(30_000);
    expect(subscribers).toHaveLength(2);
    expect(lanes.at(-1)).toBe("lost");
    stream.drop();
  });

  it("tells nothing once it is stopped", () => {
    const { stream, subscribers, lanes } = streamOn();
    stream.open();
    subscribers[0].next(wire());
    stream.stop();
    vi.advanceTimersByTime(120_000);
    expect(subscribers).toHaveLength(1);
    expect(lanes).toEqual(["open"]);
  });

  it("tells the hub what is on the screen while there is one to tell", () => {
    const { stream, sent, connection } = streamOn();
    stream.shown("a", 3);
    connection.state = HubConnectionState.Disconnected;
    stream.shown("b", 1);
    expect(sent).toEqual([["AlarmShown", "a", 3]]);
  });
});
