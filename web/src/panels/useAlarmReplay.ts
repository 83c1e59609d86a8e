import { inject, onMounted, onUnmounted, shallowRef } from "vue";
import { useI18n } from "vue-i18n";
import { alarmReplayEn } from "../i18n/alarmReplay.en";
import { alarmReplayZhCN } from "../i18n/alarmReplay.zh-CN";
import { ALARM_STAGE } from "../map/alarmStage";
import { ReplayOverlay } from "../map/replayOverlay";
import { AlarmReplay, type ReplayPart, type ReplayStand } from "../state/alarmReplay";
import type { AlarmSpan } from "../state/alarmSpan";
import type { AlarmDetail } from "../wire/contracts.gen";
import { trackSettings } from "../wire/tracksApi";
import { useWords } from "./words";

/** What the panel shows; a new object each time. */
export interface ReplayFigures {
  stand: ReplayStand;
  /** Ms. */
  now: number;
  playing: boolean;
  speed: number;
  state: "moving" | "still" | "silent" | "aside" | "loading";
  /** The silence in which the clock stands. */
  silence: ReplayPart | null;
  parts: readonly ReplayPart[];
  isDamaged: boolean;
}

export interface ReplayWants {
  alarm: AlarmDetail & { worker: string };
  span: AlarmSpan;
  /** Who it is, as the map says it. */
  label: string;
  /** CSS pixels of the map that the card covers, from its left edge. */
  covered(): number;
  signedOut(): void;
}

/** Who asked for less motion gets a step a second. */
const STILL_STEP_MS = 900;
const FLIGHT_MS = 500;

/** A replay on the wall's own map, for as long as the panel that asked for it stands: nothing of it is left on the map, on the wire or in memory after. */
export function useAlarmReplay({ alarm, span, label, covered, signedOut }: ReplayWants) {
  const { t, mergeLocaleMessage } = useI18n({ useScope: "global" });
  mergeLocaleMessage("zh-CN", { alarmReplay: alarmReplayZhCN });
  mergeLocaleMessage("en", { alarmReplay: alarmReplayEn });
  const words = useWords();
  const stage = inject(ALARM_STAGE, null);
  const { longitude, latitude } = alarm;
  const spot: [number, number] | null = longitude === null || latitude === null ? null : [longitude, latitude];
  const reason = t("alarmReplay.reason", { id: alarm.id });
  const replay = new AlarmReplay(
    { ...span, worker: alarm.worker, reason, origin: spot ?? stage?.middle() ?? [0, 0] },
    { settings: trackSettings },
  );
  const overlay = new ReplayOverlay(spot, stage?.scale() ?? 1);
  const figures = shallowRef<ReplayFigures>(read());
  let request = 0;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let drawnVersion = -1;
  let isFitted = false;

  function read(): ReplayFigures {
    const { clock } = replay.player;
    const { now } = clock;
    const parts = replay.parts();
    const { state } = replay.place;
    const silence = parts.find(({ kind, from, to }) => kind !== "heard" && now >= from && now <= to) ?? null;
    const isShown = state === "moving" || state === "still";
    const isComing = state === "loading" || state === "notLoaded";
    return {
      stand: replay.stand,
      now,
      playing: clock.playing,
      speed: clock.speed,
      state: isShown ? state : isComing ? "loading" : silence?.kind === "aside" ? "aside" : "silent",
      silence: isShown ? null : silence,
      parts,
      isDamaged: replay.isDamaged,
    };
  }

  function tell(): void {
    figures.value = read();
    overlay.setWalked(replay.walked());
    if (replay.stand === "signedOut") signedOut();
    const { version } = replay.player.book;
    if (version !== drawnVersion) overlay.setWay(replay.way());
    drawnVersion = version;
    if (replay.stand !== "ready" || isFitted) return;
    isFitted = true;
    if (stage && !stage.taken()) overlay.fit(covered(), stage.top(), stage.still() ? 0 : FLIGHT_MS);
  }

  function frame(wallMs: number): void {
    request = requestAnimationFrame(frame);
    if (stage?.still() && wallMs - drawnAt < STILL_STEP_MS) return;
    drawnAt = wallMs;
    if (!replay.frame(wallMs)) return;
    const { state, longitude, latitude } = replay.place;
    const isShown = state === "moving" || state === "still";
    const time = words.time(replay.player.clock.now);
    overlay.setMark(isShown ? { longitude, latitude, label: t("alarmReplay.mark", { who: label, time }) } : null);
  }

  const stop = replay.player.onChange(tell);
  onMounted(() => {
    stage?.show(overlay);
    replay.load(!stage?.still());
    tell();
    request = requestAnimationFrame(frame);
  });
  onUnmounted(() => {
    cancelAnimationFrame(request);
    stop();
    replay.dispose();
    stage?.show(null);
  });

  return {
    t,
    words,
    figures,
    reason,
    toggle(): void {
      if (replay.stand === "ready") replay.player.clock.toggle();
    },
    setSpeed: (speed: number) => replay.player.clock.setSpeed(speed),
    seek(ms: number): void {
      drawnAt = Number.NEGATIVE_INFINITY; // A hand is answered at once.
      replay.player.clock.seek(ms);
    },
    again(): void {
      replay.again();
      if (!stage?.still()) replay.player.clock.resume();
    },
  };
}
