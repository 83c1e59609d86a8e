import { computed, ref, shallowRef } from "vue";
import { AlarmBook, type AlarmChange, isRaised, ringOf, ShownAlarms } from "../state/alarms";
import type { WallAlarm } from "../wire/contracts.gen";
import type { AlarmEvents } from "../wire/wallFeed";
import { useAlarmSound } from "./useAlarmSound";

export interface AlarmDeps {
  isKiosk: boolean;
  /** Tells the server that this version is on the screen. */
  shown(id: string, version: number): void;
  changed(change: AlarmChange): void;
}

/** All open alarms of the viewer's area: what to show, what to ring, and what the server is told of it. */
export function useAlarms(deps: AlarmDeps) {
  const book = new AlarmBook();
  const told = new ShownAlarms();
  const queue = shallowRef<WallAlarm[]>([]);
  const away = ref("");
  /** waiting: before the first news; open; lost: none come now. */
  const lane = ref<"waiting" | "open" | "lost">("waiting");
  /** Local ms. */
  const laneSince = ref(Date.now());
  const laneReason = ref<string | null>(null);
  const raised = computed(() => queue.value.filter(isRaised));
  const { sound, state: soundState, muted, mute } = useAlarmSound(!deps.isKiosk);

  const events: AlarmEvents = {
    news(news) {
      const change = book.take(news);
      if (news.full) told.forget();
      if (news.full || news.alarms.length > 0) queue.value = book.queue(); // A sign of life is no news.
      away.value = book.away;
      sound.sound(ringOf(queue.value));
      if (change.fresh.length + change.louder.length > 0) sound.chime();
      deps.changed(change);
    },
    lane(now, reason) {
      if (now !== lane.value) laneSince.value = Date.now();
      lane.value = now;
      laneReason.value = reason;
    },
  };

  /** These stand painted on this screen now. */
  function painted(alarms: Iterable<WallAlarm>): void {
    for (const { id, version } of told.due(alarms)) deps.shown(id, version);
  }

  return {
    events,
    queue,
    raised,
    away,
    lane,
    laneSince,
    laneReason,
    /** Changes with each news of it, also once it is over. */
    versionOf: (id: string) => (queue.value ? book.versionOf(id) : null),
    find: (id: string | null) => book.find(id),
    painted,
    sound: { state: soundState, muted, mute, test: () => sound.test(), wake: () => sound.wake() },
  };
}

export type Alarms = ReturnType<typeof useAlarms>;
