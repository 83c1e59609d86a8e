import { computed, onUnmounted, ref, shallowRef, triggerRef, watch } from "vue";
import { type Choice, SPEEDS } from "../panels/playback/playbackView";
import { keepReason, keptReason, type Reason } from "../panels/playback/reason";
import { type Refusal, refusalOf } from "../panels/playback/refusals";
import type { Activity } from "../panels/playback/timelineLayout";
import { lengthOf, type Span } from "../panels/playback/timelineScale";
import { createPlayer, type TrackPlayer } from "../state/playback/player";
import type { SetPlan, TrackColumns } from "../state/playback/types";
import { ApiProblem, type Session } from "../wire/api";
import type { TrackSummary } from "../wire/contracts.gen";
import { trackSummaries } from "../wire/tracksApi";

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
  const summaryRefusal = shallowRef<Refusal | null>(null);
  let waitingFor: (() => void) | null = null;
  let surveyed = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;

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

  const stop = player.onChange((what) => {
    figures.value = read();
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
    const mine = now === plan.value ? ++asked : asked;
    summaryRefusal.value = null;
    try {
      for (const [set, by] of now.shift === 0
        ? [[0, 0]]
        : [
            [0, 0],
            [1, now.shift],
          ]) {
        const to = Math.min(now.span.to + by, Date.now());
        if (to <= now.span.from + by) continue;
        const found = await trackSummaries({ workers: codes, from: now.span.from + by, to }, reason.value);
        if (mine !== asked || now !== plan.value) return;
        for (const summary of found) summaries.value.set(trackKey(set, summary.worker), summary);
        triggerRef(summaries);
      }
    } catch (error) {
      if (mine !== asked || now !== plan.value) return;
      const known = error instanceof ApiProblem ? error : new ApiProblem(0, null, String(error), null);
      summaryRefusal.value = refusalOf(known.status, known.detail, known.retryAfterSeconds, known.reason);
    }
  }

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
    () => plan.value !== null && !figures.value.loading && refusal.value === null && figures.value.fixes === 0,
  );
  const isLoaded = computed(() => plan.value !== null && (figures.value.loading || figures.value.fixes > 0));
  watch(askingReason, (asking) => {
    if (!asking && !reason.value) waitingFor = null;
  });

  onUnmounted(() => {
    clearTimeout(timer);
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
    isEmpty,
    isLoaded,
    give,
    withReason,
    load,
    summarize,
    faster,
    run,
    cancel: () => player.cancel(),
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
