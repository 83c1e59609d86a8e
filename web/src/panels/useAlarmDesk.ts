import { useI18n } from "vue-i18n";
import { alarmDeskEn } from "../i18n/alarmDesk.en";
import { alarmDeskZhCN } from "../i18n/alarmDesk.zh-CN";
import type { AlarmInfo } from "../wire/contracts.gen";
import { type Told, useAlarmWords } from "./alarmWords";

/** The words of the desk's panels of alarms, which come with the first of them that is opened. */
export function useAlarmDesk() {
  const { t, mergeLocaleMessage } = useI18n({ useScope: "global" });
  mergeLocaleMessage("zh-CN", { alarmDesk: alarmDeskZhCN });
  mergeLocaleMessage("en", { alarmDesk: alarmDeskEn });
  return { t, words: useAlarmWords() };
}

/** An alarm from a list as the wall's words take it. */
export const toldOf = (alarm: AlarmInfo): Told & { acknowledgedMs: number | null } => ({
  ...alarm,
  occurredAt: Date.parse(alarm.occurredAt),
  arrivedAt: Date.parse(alarm.arrivedAt),
  waitsSince: Date.parse(alarm.waitsSince ?? alarm.arrivedAt),
  acknowledgedMs: alarm.acknowledgedAt ? Date.parse(alarm.acknowledgedAt) : null,
});
