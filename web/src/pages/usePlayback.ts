import { computed, onUnmounted, ref, shallowRef, triggerRef, watch } from "vue";
import { type Choice, SPEEDS } from "../panels/playback/playbackView";
import { keepReason, keptReason, type Reason } from "../panels/playback/reason";
import { type Refusal, refusalOf } from "../panels/playback/refusals";
import type { Activity } from "../panels/playback/timelineLayout";
import { lengthOf, type Span } from "../panels/playback/timelineScale";
import { createPlayer, type TrackPlayer } from "../state/playback/player";
import { Seldom } from "../state/playback/seldom";
import type { SetPlan, TrackColumns } from "../state/playback/types";
import { ApiProblem, type Session } from "../wire/api";
import type { TrackSummary } from "../wire/contracts.gen";
import { trackSummaries } from "../wire/tracksApi";
import { useReadAgain } from "./useReadAgain";

export interface Plan extends Choice {
  span: Span;
  /** The second day's distance in ms; 0 for one day. */
  shift: number;
}

/** What panels show; a new object each time, so that a shallow ref notices. */
export interface PlaybackFigures {
  now: number;
  playing: boolean;
  waiting: boolean;
  live: boolean;
  speed: number;
  loop: Span | null;
  from: number;
  to: number;
  loading: boolean;
  progress: number;
  loadedUntil: number;
  /** What lies beyond is missing and does not come by itself. */
  unread: boolean;
  fixes: number;
  workers: number;
  outside: number;
  /** Stored stretches that the server left out because they are damaged. */
  unreadable: number;
  /** Fixes that the page had no room for. */
  leftOut: number;
  /** Server time up to which the answer is complete; null until it has come. */
  complete: number | null;
}

const BINS = 720;
/** Activity and lanes are worked out at most this often while tracks come in. */
const SURVEY_EVERY_MS = 700;
/** Trips, stops and notes of a live replay are asked for again this seldom, and of whom is looked at alone: each asking is on the audit trail. */
const FRESHEN_EVERY_MS = 300_000;

/** One person's track on one of the days shown. */
export const trackKey = (set: number, code: string): string => (set === 0 ? code : `${code}@2`);

/** Ties the engine to the page: asks for the reason first, loads, keeps what panels show, and the server's trips and stops beside it. */
export function usePlayback(session: Session, origin: [number, number], explainSignedOut: () => void) {
  const player: TrackPlayer = createPlayer({ origin });
  const plan = shallowRef<Plan | null>(null);
  const reason = shallowRef<Reason | null>(keptReason(session.user));
  const askingReason = ref(false);
  const figures = shallowRef<PlaybackFigures>(read());
  const refusal = shallowRef<Refusal | null>(null);
  const activity = shallowRef<Activity | null>(null);
  const tracks = shallowRef<readonly TrackColumns[]>([]);
  /** Counts surveys: lanes and charts are worked out anew with it. */
  const survey = ref(0);
  const summaries = shallowRef(new Map<string, TrackSummary>());
  /** Without what cleaning sets aside; else the raw view. */
  const clean = ref(true);
  const summaryRefusal = shallowRef<Refusal | null>(null);
  let waitingFor: (() => void) | null = null;
  let surveyed = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Whom the lists are of. */
  let looked: string | null = null;
  let asked = 0;
  /** The newest asking of each worker: an older answer that comes later is not shown. */
  const newest = new Map<string, number>();

  function read(): PlaybackFigures {
    const { clock, book } = player;
    const ends = book.ends.filter((end) => end !== null);
    return {
      now: clock.now,
      playing: clock.playing,
      waiting: clock.waiting,
      live: clock.live,
      speed: clock.speed,
      loop: clock.loop ? { ...clock.loop } : null,
      from: clock.from,
      to: clock.to,
      loading: player.loading,
      progress: book.progress,
      loadedUntil: book.loadedUntil,
      unread: book.isUnread,
      fixes: book.fixes,
      workers: book.tracks.length,
      outside: ends.reduce((sum, end) => sum + end.outside, 0),
      unreadable: ends.reduce((sum, end) => sum + end.unreadable, 0),
      leftOut: book.leftOut,
      complete:
        ends.length > 0 && ends.length === book.ends.length ? Math.min(...ends.map((end) => end.complete)) : null,
    };
  }

  function surveyAll(): void {
    clearTimeout(timer);
    timer = undefined;
    surveyed = Date.now();
    const { fixes, from, to } = player.histogram(BINS);
    activity.value = to > from ? { from, to, counts: fixes } : null;
    tracks.value = [...player.book.tracks];
    survey.value++;
  }

  /** Counts the times a live replay's lists were asked for again. */
  const freshened = ref(0);
  const freshening = new Seldom(FRESHEN_EVERY_MS, () => {
    if (looked) void summarize([looked]);
    freshened.value++;
  });

  const stop = player.onChange((what) => {
    const before = figures.value;
    figures.value = read();
    // More than was asked for: the live tail brought it.
    if (before.complete !== null && !before.loading && !player.loading && figures.value.fixes > before.fixes)
      freshening.want();
    if (what.state) {
      const { error } = player;
      refusal.value = error ? refusalOf(error.status, error.reason, null, error.code) : null;
      if (refusal.value?.key === "signedOut") explainSignedOut();
      if (refusal.value?.key === "reason") void forgetReason();
    }
    if (!what.book && !what.state) return;
    const due = surveyed + SURVEY_EVERY_MS - Date.now();
    if (due <= 0 || !player.loading) surveyAll();
    else timer ??= setTimeout(surveyAll, due);
  });

  /** Does it once there is a reason; asks for one when there is none. */
  function withReason(act: () => void): void {
    if (reason.value) act();
    else {
      waitingFor = act;
      askingReason.value = true;
    }
  }

  function give(given: Reason): void {
    reason.value = given;
    keepReason(session.user, given);
    askingReason.value = false;
    const act = waitingFor;
    waitingFor = null;
    act?.();
  }

  function forgetReason(): void {
    reason.value = null;
    askingReason.value = true;
    waitingFor = () => plan.value && load(plan.value, { at: player.clock.now });
  }

  function load(
    next: Plan,
    start: { at?: number | null; speed?: number; loop?: Span | null; play?: boolean } = {},
  ): void {
    withReason(() => {
      const { span, shift } = next;
      plan.value = next;
      refusal.value = null;
      summaries.value = new Map();
      summaryRefusal.value = null;
      newest.clear();
      looked = next.area === null ? (next.workers[0] ?? null) : null;
      freshening.forget();
      activity.value = null;
      tracks.value = [];
      const request = (by: number) => ({
        workers: next.area === null ? [...next.workers] : null,
        area: next.area,
        from: span.from + by,
        to: span.to + by,
        reason: reason.value?.text ?? "",
        case: reason.value?.caseNumber ?? null,
      });
      const sets: SetPlan[] = [{ request: request(0) }];
      if (shift !== 0 && next.area === null) sets.push({ request: request(shift), offsetMs: -shift });
      const at = start.at ?? span.from;
      player.load({ sets, from: span.from, to: span.to, at: Math.min(Math.max(at, span.from), span.to) });
      if (start.loop) player.clock.setLoop(start.loop);
      if (start.play) player.clock.play(start.speed);
      else if (start.speed) player.clock.setSpeed(start.speed);
      figures.value = read();
      if (next.area === null) void summarize(next.workers);
    });
  }

  /** The server's trips and stops; of an area only for who is looked at. */
  async function summarize(codes: readonly string[]): Promise<void> {
    const { value: now } = plan;
    if (!now || !reason.value) return;
    const mine = ++asked;
    const cleaned = clean.value;
    for (const code of codes) newest.set(code, mine);
    const isCurrent = (code: string) => now === plan.value && cleaned === clean.value && newest.get(code) === mine;
    summaryRefusal.value = null;
    try {
      for (const [set, by] of now.shift === 0
        ? [[0, 0]]
        : [
            [0, 0],
            [1, now.shift],
          ]) {
        // A live replay has run on beyond what was asked for.
        const to = Math.min(Math.max(now.span.to, player.clock.to) + by, Date.now());
        if (to <= now.span.from + by) continue;
        const found = await trackSummaries({ workers: codes, from: now.span.from + by, to }, reason.value, cleaned);
        for (const summary of found.filter(({ worker }) => isCurrent(worker))) {
          summaries.value.set(trackKey(set, summary.worker), summary);
          tellJumps(set, summary);
        }
        triggerRef(summaries);
      }
    } catch (error) {
      if (!codes.some(isCurrent)) return;
      const known = error instanceof ApiProblem ? error : new ApiProblem(0, null, String(error), null);
      summaryRefusal.value = refusalOf(known.status, known.detail, known.retryAfterSeconds, known.reason);
    }
  }

  function tellJumps(set: number, { worker, setAside }: TrackSummary): void {
    player.setJumps(
      set,
      worker,
      setAside
        .filter(({ reason }) => reason === "jump")
        .map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) })),
    );
  }

  /** Of an area, the one whose trips and stops are wanted; of chosen people, the one whose lists are kept fresh. */
  function look(code: string): void {
    looked = code;
    if (plan.value?.area != null && !summaries.value.has(code)) void summarize([code]);
  }

  /** The picture follows at once, the lists when the server has told them anew. */
  function showClean(cleaned: boolean): void {
    if (cleaned === clean.value) return;
    clean.value = cleaned;
    player.setSettings({ clean: cleaned });
    summaries.value = new Map();
    if (plan.value?.area === null) void summarize(plan.value.workers);
    else if (looked) void summarize([looked]);
  }

  /** What is missing, once more; what has come stays. */
  function readOn(): void {
    if (!plan.value) return;
    if (player.book.isUnread) player.readOn();
    else if (figures.value.complete !== null) {
      // All that was asked for is there: it was the live tail that failed, and that asks again by itself.
      player.forgive();
      refusal.value = null;
    } else load(plan.value, { at: player.clock.now });
    figures.value = read();
  }
  const { againIn } = useReadAgain({ figures, refusal, readOn });

  function faster(by: 1 | -1): void {
    const { speed } = player.clock;
    const at = SPEEDS.findIndex((one) => one >= Math.abs(speed));
    const next = SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, (at < 0 ? SPEEDS.length - 1 : at) + by))];
    player.clock.setSpeed(Math.sign(speed) * next);
  }

  /** As a cutting table: again in the same direction is faster. */
  function run(direction: 1 | -1): void {
    const { clock } = player;
    if (clock.playing && Math.sign(clock.speed) === direction) faster(1);
    else clock.play(direction * Math.abs(clock.speed));
  }

  const isEmpty = computed(
    () =>
      plan.value !== null &&
      !figures.value.loading &&
      !figures.value.unread &&
      refusal.value === null &&
      figures.value.fixes === 0,
  );
  const isLoaded = computed(() => plan.value !== null && (figures.value.loading || figures.value.fixes > 0));
  watch(askingReason, (asking) => {
    if (!asking && !reason.value) waitingFor = null;
  });

  onUnmounted(() => {
    clearTimeout(timer);
    freshening.forget();
    stop();
    player.dispose();
  });

  return {
    player,
    plan,
    reason,
    askingReason,
    figures,
    refusal,
    activity,
    tracks,
    survey,
    summaries,
    summaryRefusal,
    clean,
    freshened,
    isEmpty,
    isLoaded,
    give,
    withReason,
    load,
    readOn,
    againIn,
    summarize,
    look,
    showClean,
    faster,
    run,
    cancel(): void {
      player.cancel();
      figures.value = read();
    },
    toggle: () => player.clock.toggle(),
    seek: (ms: number) => player.clock.seek(Math.min(Math.max(ms, player.clock.from), player.clock.to)),
    jump(minutes: number): void {
      this.seek(player.clock.now + minutes * 60_000);
    },
    edge(end: 1 | -1): void {
      this.seek(end < 0 ? player.clock.from : player.clock.to);
    },
    /** Loops what is marked, or what the timeline shows. */
    loop(shown: Span): void {
      const { clock } = player;
      clock.setLoop(clock.loop ? null : lengthOf(shown) > 0 ? shown : null);
    },
  };
}
