import { describe, expect, it } from "vitest";
import { AlarmSound, type SoundContext } from "./alarmSound";

/** A context whose clock and permission the test holds. */
class FakeContext {
  state: AudioContextState;
  currentTime = 0;
  onstatechange: (() => void) | null = null;
  started = 0;
  cut = 0;
  readonly destination = {};

  constructor(readonly allowed: boolean) {
    this.state = allowed ? "running" : "suspended";
  }

  resume(): Promise<void> {
    return this.state === "running" ? Promise.resolve() : new Promise(() => {});
  }

  allow(): void {
    this.state = "running";
    this.onstatechange?.();
  }

  createOscillator() {
    return {
      type: "",
      frequency: { setValueAtTime: () => {} },
      connect: (next: unknown) => next,
      start: () => this.started++,
      stop: () => {},
      onended: null,
    };
  }

  createGain() {
    return {
      gain: { setValueAtTime: () => {}, setTargetAtTime: () => {} },
      connect: (next: unknown) => next,
      disconnect: () => this.cut++,
    };
  }
}

function soundOn(context: FakeContext | null) {
  let look = () => {};
  let changes = 0;
  const sound = new AlarmSound({
    makeContext: () => context as unknown as SoundContext | null,
    every(run) {
      look = run;
      return () => {};
    },
    changed: () => changes++,
  });
  const pass = (seconds: number) => {
    for (let n = 0; n < seconds / 2; n++) {
      if (context?.state === "running") context.currentTime += 2;
      look();
    }
  };
  return { sound, pass, look: () => look(), changes: () => changes };
}

describe("AlarmSound", () => {
  it("is on where the browser allows it, off where it waits for a click, unsupported without sound", () => {
    for (const [context, state] of [
      [new FakeContext(true), "on"],
      [new FakeContext(false), "off"],
      [null, "unsupported"],
    ] as const) {
      const { sound } = soundOn(context);
      sound.start();
      expect(sound.state).toBe(state);
    }
  });

  it("rings on until it is told to stop", () => {
    const context = new FakeContext(true);
    const { sound, pass } = soundOn(context);
    sound.start();
    sound.sound("urgent");
    expect(context.started).toBe(1);
    pass(60);
    expect(context.started).toBeGreaterThan(8);
    const before = context.started;
    sound.sound(null);
    expect(context.cut).toBeGreaterThan(0);
    pass(60);
    expect(context.started).toBe(before);
  });

  it("begins to ring as soon as a click allows it", () => {
    const context = new FakeContext(false);
    const { sound } = soundOn(context);
    sound.start();
    sound.sound("urgent");
    expect(context.started).toBe(0);
    context.allow();
    expect(sound.state).toBe("on");
    expect(context.started).toBe(1);
  });

  it("is silent while muted, and rings when it no longer is", () => {
    const context = new FakeContext(true);
    const { sound, pass } = soundOn(context);
    sound.start();
    sound.mute(true);
    sound.sound("urgent");
    sound.chime();
    pass(20);
    expect(context.started).toBe(0);
    expect(sound.muted).toBe(true);
    sound.mute(false);
    expect(context.started).toBe(1);
  });

  it("can be tried even while muted", () => {
    const context = new FakeContext(true);
    const { sound } = soundOn(context);
    sound.start();
    sound.mute(true);
    sound.test();
    expect(context.started).toBe(1);
  });

  it("sounds shortly for lesser alarms, and again after a while for those of the second rank", () => {
    const context = new FakeContext(true);
    const { sound, pass } = soundOn(context);
    sound.start();
    sound.sound("short");
    sound.chime();
    expect(context.started).toBe(1);
    pass(62);
    expect(context.started).toBe(3);
  });

  it("notices that its clock stands still", () => {
    const context = new FakeContext(true);
    const { sound, look, pass, changes } = soundOn(context);
    sound.start();
    for (let n = 0; n < 6; n++) look();
    expect(sound.state).toBe("stuck");
    expect(changes()).toBeGreaterThan(0);
    pass(4);
    expect(sound.state).toBe("on");
  });

  it("says so when the system takes the sound away", () => {
    const context = new FakeContext(true);
    const { sound, look, changes } = soundOn(context);
    sound.start();
    const before = changes();
    context.state = "suspended";
    look();
    expect(sound.state).toBe("off");
    context.onstatechange?.();
    expect(changes()).toBeGreaterThan(before);
  });
});
