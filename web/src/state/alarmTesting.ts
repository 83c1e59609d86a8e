import type { AlarmNews, WallAlarm } from "../wire/contracts.gen";

/** Builders for tests; nothing of the page imports this. */
export const alarm = (with_: Partial<WallAlarm> & { id: string }): WallAlarm => ({
  version: 1,
  kind: "sos",
  priority: 1,
  state: "raised",
  worker: "W1",
  name: "张伟",
  area: "140106001",
  place: "140106001001",
  occurredAt: 1000,
  arrivedAt: 2000,
  waitsSince: with_.arrivedAt ?? 2000,
  late: false,
  offDuty: false,
  exercise: false,
  longitude: 112.56,
  latitude: 37.86,
  accuracyMeters: 8,
  level: 0,
  repeats: 0,
  acknowledgedBy: null,
  acknowledgedAt: null,
  ...with_,
});

export const news = (alarms: WallAlarm[], with_: Partial<AlarmNews> = {}): AlarmNews => ({
  full: false,
  time: 5000,
  away: "",
  alarms,
  ...with_,
});
