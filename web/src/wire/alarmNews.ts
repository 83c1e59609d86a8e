import type { AlarmNews, WallAlarm } from "./contracts.gen";

type Longs<T, K extends keyof T> = Omit<T, K> & { [P in K]: T[P] | bigint };
type WireAlarm = Longs<WallAlarm, "version" | "occurredAt" | "arrivedAt" | "waitsSince" | "acknowledgedAt">;

/** Alarms as they leave the hub protocol, where int64 may come as bigint. */
export type WireAlarmNews = Longs<Omit<AlarmNews, "alarms">, "time"> & { alarms: WireAlarm[] | null };

export function alarmNewsFrom(wire: WireAlarmNews): AlarmNews {
  return {
    full: wire.full === true,
    time: Number(wire.time),
    away: wire.away ?? "",
    alarms: (wire.alarms ?? []).map((alarm) => ({
      ...alarm,
      version: Number(alarm.version),
      occurredAt: Number(alarm.occurredAt),
      arrivedAt: Number(alarm.arrivedAt),
      // A server of the version before does not tell it.
      waitsSince: Number(alarm.waitsSince ?? alarm.arrivedAt),
      acknowledgedAt: alarm.acknowledgedAt == null ? null : Number(alarm.acknowledgedAt),
    })),
  };
}
