import { useI18n } from "vue-i18n";
import { type AlarmSpot, areaOf } from "../state/alarmPlace";
import type { AreaTree } from "../state/areas";
import type { WallAlarm } from "../wire/contracts.gen";
import { useWords } from "./words";

/** A less exact place is said to be one, metres. */
const INACCURATE_METERS = 100;
const DAY_MS = 86_400_000;

/** What of an alarm its ways of being shown have in common; times in ms. */
export type Told = Pick<
  WallAlarm,
  | "kind"
  | "state"
  | "worker"
  | "name"
  | "area"
  | "place"
  | "occurredAt"
  | "arrivedAt"
  | "waitsSince"
  | "late"
  | "offDuty"
  | "exercise"
  | "longitude"
  | "accuracyMeters"
  | "level"
  | "repeats"
> & {
  /** What it said of people was deleted; of those on a wall never. */
  erasedAt?: string | null;
};

export interface Flag {
  key: "exercise" | "late" | "offDuty" | "level" | "repeats" | "accuracy" | "nowhere" | "lastPlace";
  text: string;
}

/** An alarm in this screen's language. */
export function useAlarmWords() {
  const { t, locale } = useI18n();
  const words = useWords();

  /** With the date when it is of another day. */
  const moment = (ms: number, now: number): string =>
    Math.abs(now - ms) < DAY_MS * 0.75 ? words.shortTime(ms) : `${words.date(ms)} ${words.shortTime(ms)}`;

  function flags(alarm: Told, now: number, spot?: AlarmSpot | null): Flag[] {
    const found: (Flag | false)[] = [
      alarm.exercise && { key: "exercise", text: t("alarms.exercise") },
      alarm.late && {
        key: "late",
        text: t("alarms.late", { occurred: moment(alarm.occurredAt, now), arrived: moment(alarm.arrivedAt, now) }),
      },
      alarm.offDuty && { key: "offDuty", text: t("alarms.offDuty") },
      alarm.level > 0 && { key: "level", text: t("alarms.escalated", { n: alarm.level }) },
      alarm.repeats > 0 && { key: "repeats", text: t("alarms.repeats", { n: alarm.repeats }) },
      (alarm.accuracyMeters ?? 0) > INACCURATE_METERS && {
        key: "accuracy",
        text: t("alarms.accuracy", { n: Math.round(alarm.accuracyMeters as number) }),
      },
      (alarm.longitude === null || alarm.longitude === undefined) && !alarm.erasedAt && placeless(now, spot),
    ];
    return found.filter((flag) => flag !== false);
  }

  /** @param spot undefined where no picture is at hand */
  function placeless(now: number, spot?: AlarmSpot | null): Flag {
    if (spot === undefined) return { key: "nowhere", text: t("alarms.nowhere") };
    if (spot === null) return { key: "nowhere", text: t("alarms.nowhereAtAll") };
    const age = spot.fixAt === null ? t("age.never") : words.age((now - spot.fixAt) / 1000);
    return { key: "lastPlace", text: t("alarms.lastPlace", { age }) };
  }

  return {
    ...words,
    moment,
    flags,
    kind: (alarm: Told) => t(`alarms.kind.${alarm.kind}`),
    state: (alarm: Told) => t(`alarms.state.${alarm.state}`),
    who: (alarm: Told) => alarm.name ?? alarm.worker ?? t(alarm.erasedAt ? "alarms.erased" : "alarms.nobody"),
    isStranger: (alarm: Told) => alarm.worker !== null && alarm.name === null,
    where(alarm: Told, tree: AreaTree): string {
      const { is, names } = areaOf(alarm, tree, locale.value);
      const path = names.join(" · ");
      return is === "place" ? path : t(`alarms.where.${is}`, { path });
    },
  };
}
