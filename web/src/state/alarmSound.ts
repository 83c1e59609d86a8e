import type { Ring } from "./alarms";

/**
 * What of it can be heard. on: rings when there is reason to; off: the browser waits for a click before it lets a page sound;
 * stuck: it plays, but its clock stands (no output device); unsupported: it has no sound at all.
 */
export type SoundState = "on" | "off" | "stuck" | "unsupported";

/** The part of the browser's AudioContext that is used here. */
export type SoundContext = Pick<
  AudioContext,
  "state" | "currentTime" | "destination" | "resume" | "createOscillator" | "createGain" | "onstatechange"
>;

export interface SoundDeps {
  /** Null or a throw: this browser has none. */
  makeContext(): SoundContext | null;
  /** @returns stops it */
  every(run: () => void, ms: number): () => void;
  changed(): void;
}

const LOOK_EVERY_MS = 2000;
/** Some pauses of the clock are the machine's. */
const STUCK_AFTER_LOOKS = 3;
/** Two tones a cycle, and cycles scheduled so far ahead that a busy page does not interrupt them. */
const URGENT = { tones: [880, 660, 880, 660], toneSeconds: 0.22, everySeconds: 2, cycles: 3, gain: 0.5 };
const SHORT = { tones: [660], toneSeconds: 0.18, everySeconds: 1, cycles: 1, gain: 0.35 };
const SHORT_AGAIN_LOOKS = 15;
/** A context that the system took away is asked for again so often: each asking may wait for ever. */
const RESUME_EVERY_LOOKS = 30;

type Tune = typeof URGENT;

interface Voice {
  /** On the context's clock, seconds. */
  until: number;
  volume: GainNode;
}

/** The sound of alarms: two tones again and again for an urgent one, a short one for others. No file is needed. */
export class AlarmSound {
  private context: SoundContext | null = null;
  private ring: Ring = null;
  private silenced = false;
  private failed = false;
  private readonly voices = new Set<Voice>();
  private stop: (() => void) | null = null;
  private lastTime = -1;
  /** As told: a browser need not say each change by itself. */
  private last: SoundState | null = null;
  private stands = 0;
  private looks = 0;

  constructor(private readonly deps: SoundDeps) {}

  get state(): SoundState {
    if (this.failed) return "unsupported";
    if (this.context?.state !== "running") return "off";
    return this.stands >= STUCK_AFTER_LOOKS ? "stuck" : "on";
  }

  get muted(): boolean {
    return this.silenced;
  }

  /** From within a click or a key: a browser lets a page sound only after one. Harmless at any other time. */
  wake(): void {
    const context = this.open();
    if (context && context.state !== "running") void context.resume().then(this.told, () => {});
    else if (this.state !== this.last) this.told();
  }

  /** A wall is shown from now on: listens for whether the sound still works. */
  start(): void {
    this.wake();
    this.stop ??= this.deps.every(this.look, LOOK_EVERY_MS);
  }

  /** No wall is shown any more. */
  end(): void {
    this.stop?.();
    this.stop = null;
    this.sound(null);
  }

  /** What is to ring from now on. */
  sound(ring: Ring): void {
    if (ring === this.ring) return;
    this.ring = ring;
    if (ring !== "urgent") this.hush();
    this.play();
  }

  /** One short sound: something other than an urgent alarm came or grew. */
  chime(): void {
    if (!this.silenced && this.ring !== "urgent") this.tune(SHORT);
  }

  /** What an urgent alarm sounds like, once; also while muted. */
  test(): void {
    this.wake();
    this.hush();
    this.tune({ ...URGENT, cycles: 1 });
  }

  mute(muted: boolean): void {
    this.silenced = muted;
    if (muted) this.hush();
    else this.play();
    this.deps.changed();
  }

  private play(): void {
    if (!this.silenced && this.ring === "urgent") this.tune(URGENT);
  }

  private readonly look = (): void => {
    const { context } = this;
    if (context?.state === "running") {
      this.stands = context.currentTime === this.lastTime ? this.stands + 1 : 0;
      this.lastTime = context.currentTime;
    }
    this.looks++;
    if (this.state !== this.last) this.told();
    if (context?.state !== "running") {
      if (this.looks % RESUME_EVERY_LOOKS === 0) this.wake();
    } else if (this.silenced) return;
    else if (this.ring === "urgent") this.goOn(context);
    else if (this.ring === "short" && this.looks % SHORT_AGAIN_LOOKS === 0) this.tune(SHORT);
  };

  private goOn(context: SoundContext): void {
    if (this.playsUntil - context.currentTime < URGENT.everySeconds * 1.5) this.tune(URGENT);
  }

  private get playsUntil(): number {
    return Math.max(0, ...[...this.voices].map((voice) => voice.until));
  }

  private tune({ tones, toneSeconds, everySeconds, cycles, gain }: Tune): void {
    const { context } = this;
    if (context?.state !== "running") return;
    const oscillator = context.createOscillator();
    const volume = context.createGain();
    oscillator.type = "square";
    oscillator.connect(volume).connect(context.destination);
    const from = Math.max(context.currentTime, this.playsUntil) + 0.02;
    volume.gain.setValueAtTime(0, 0);
    for (let cycle = 0; cycle < cycles; cycle++) {
      const start = from + cycle * everySeconds;
      tones.forEach((hertz, n) => {
        oscillator.frequency.setValueAtTime(hertz, start + n * toneSeconds);
      });
      volume.gain.setTargetAtTime(gain, start, 0.01);
      volume.gain.setTargetAtTime(0, start + tones.length * toneSeconds, 0.02);
    }
    const until = from + cycles * everySeconds;
    oscillator.start(from);
    oscillator.stop(until);
    const voice = { until, volume };
    this.voices.add(voice);
    oscillator.onended = () => this.fade(voice);
  }

  private hush(): void {
    for (const voice of this.voices) this.fade(voice);
  }

  private fade(voice: Voice): void {
    voice.volume.disconnect();
    this.voices.delete(voice);
  }

  private open(): SoundContext | null {
    if (this.context || this.failed) return this.context;
    try {
      this.context = this.deps.makeContext();
    } catch {
      this.context = null; // Said as "unsupported".
    }
    this.failed = this.context === null;
    if (this.context) this.context.onstatechange = this.told;
    return this.context;
  }

  private readonly told = (): void => {
    // What began to ring in silence rings now.
    if (this.voices.size === 0) this.play();
    this.last = this.state;
    this.deps.changed();
  };
}
