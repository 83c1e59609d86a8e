import { onUnmounted, ref, watch } from "vue";
import { useI18n } from "vue-i18n";
import type { AlarmMark } from "../map/alarmMarks";
import type { WayMark } from "../map/alarmWays";
import { AlarmFlights } from "../state/alarmFlights";
import { spotOf } from "../state/alarmPlace";
import { type AlarmChange, isRaised, isUrgent } from "../state/alarms";
import type { Way } from "../state/ways";
import type { WorkerStore } from "../state/workers";
import type { WallAlarm } from "../wire/contracts.gen";

const LOOK_EVERY_MS = 500;
/** The banner is drawn first: the map goes to what it leaves free. */
const SETTLE_MS = 120;
/** A dispatcher who moved the map, typed or clicked so lately is at work on something. */
const BUSY_MS = 6000;
const FLIGHT_OFF = "alarmFlightOff";

export interface AlarmMapDeps {
  isKiosk: boolean;
  queue(): readonly WallAlarm[];
  find(id: string): WallAlarm | null;
  workers(): WorkerStore | null;
  /** Something else has the camera: following, measuring. */
  taken(): boolean;
  /** When the map was last moved by hand, on performance's clock. */
  handledAt(): number;
  set(marks: readonly AlarmMark[]): void;
  /** Who is on the way, as the wall knows it now. */
  ways(): readonly Way[];
  setWays(ways: readonly WayMark[]): void;
  fly(mark: Pick<AlarmMark, "longitude" | "latitude" | "accuracyMeters">): void;
  /** The map went to an alarm by itself. */
  flew(alarm: WallAlarm): void;
}

/** Draws alarms on the map and takes it to new urgent ones. */
export function useAlarmMap(deps: AlarmMapDeps) {
  const { t } = useI18n();
  const flights = new AlarmFlights(deps.isKiosk);
  /** Whether this browser's map goes to new alarms by itself. A kiosk's always does. */
  const flying = ref(deps.isKiosk || !wasOff());
  let before = "";
  let waysBefore = "[]";
  let first = true;
  let typedAt = Number.NEGATIVE_INFINITY;

  function draw(): void {
    const marks: AlarmMark[] = [];
    // The first of the queue stands on top.
    for (const alarm of deps.queue().toReversed()) {
      const spot = spotOf(alarm, deps.workers());
      if (!spot) continue;
      const badge = alarm.kind === "sos" ? "SOS" : `P${alarm.priority}`;
      marks.push({
        id: alarm.id,
        longitude: spot.longitude,
        latitude: spot.latitude,
        accuracyMeters: spot.accuracyMeters,
        priority: alarm.priority,
        raised: isRaised(alarm),
        guessed: spot.of === "worker",
        badge,
        name: alarm.name ?? alarm.worker ?? "",
        label: [badge, alarm.name ?? alarm.worker, t(`alarms.kind.${alarm.kind}`)].filter(Boolean).join(" "),
      });
    }
    const now = JSON.stringify(marks);
    if (now === before) return;
    before = now;
    deps.set(marks);
  }

  function drawWays(): void {
    const ways = deps.ways().map(
      (way): WayMark => ({
        worker: way.worker,
        from: way.from,
        to: way.to,
        label: [way.name, timeOf(way), t("alarms.way.meters", { n: Math.round(way.meters / 10) * 10 })].join(" · "),
        isStale: way.staleSeconds !== null,
      }),
    );
    const now = JSON.stringify(ways);
    if (now === waysBefore) return;
    waysBefore = now;
    deps.setWays(ways);
  }

  function timeOf(way: Way): string {
    if (way.staleSeconds !== null) return t("alarms.way.old", { n: Math.round(way.staleSeconds / 60) });
    if (way.etaSeconds === null) return t("alarms.way.unknown");
    if (way.etaSeconds === 0) return t("alarms.way.there");
    return way.etaSeconds < 60 ? t("alarms.way.soon") : t("alarms.way.minutes", { n: Math.round(way.etaSeconds / 60) });
  }

  function changed(change: AlarmChange): void {
    draw();
    // What was there when a dispatcher's page opened is no news; a kiosk looks at it once.
    if (flying.value && (deps.isKiosk || !first)) flights.add(change.fresh, performance.now());
    first = false;
    setTimeout(look, SETTLE_MS);
  }

  function look(): void {
    draw(); // A worker whose place stands for an alarm's may have moved.
    drawWays();
    const alarm = flights.next(placed, performance.now(), !deps.isKiosk && isBusy());
    if (alarm && go(alarm)) deps.flew(alarm);
  }

  /** One that came without a place, before the picture knows its worker's, is no reason to keep the others waiting. */
  function placed(id: string): WallAlarm | null {
    const alarm = inEarnest(id);
    return alarm && spotOf(alarm, deps.workers()) ? alarm : null;
  }

  /** While somebody really calls for help the map does not leave for a drill. */
  function inEarnest(id: string): WallAlarm | null {
    const alarm = deps.find(id);
    const [first] = deps.queue();
    return alarm?.exercise && first && isRaised(first) && isUrgent(first) && !first.exercise ? null : alarm;
  }

  function isBusy(): boolean {
    if (deps.taken() || document.querySelector("dialog[open]")) return true;
    if (document.activeElement?.matches("input:not([type=checkbox]), textarea, select")) return true;
    return performance.now() - Math.max(deps.handledAt(), typedAt) < BUSY_MS;
  }

  function go(alarm: WallAlarm): boolean {
    const spot = spotOf(alarm, deps.workers());
    if (spot) deps.fly(spot);
    return spot !== null;
  }

  const typed = () => {
    typedAt = performance.now();
  };
  addEventListener("keydown", typed);
  const timer = setInterval(look, LOOK_EVERY_MS);
  onUnmounted(() => {
    removeEventListener("keydown", typed);
    clearInterval(timer);
  });
  watch(flying, (on) => {
    try {
      if (on) localStorage.removeItem(FLIGHT_OFF);
      else localStorage.setItem(FLIGHT_OFF, "1");
    } catch {
      // Storage may be switched off: the choice then ends with the page.
    }
  });

  return {
    flying,
    changed,
    go,
    spot: (alarm: WallAlarm) => spotOf(alarm, deps.workers()),
    /** A new map knows no marks yet. */
    redraw(): void {
      before = "";
      waysBefore = "[]";
      draw();
      drawWays();
    },
  };
}

function wasOff(): boolean {
  try {
    return localStorage.getItem(FLIGHT_OFF) === "1";
  } catch {
    return false;
  }
}
