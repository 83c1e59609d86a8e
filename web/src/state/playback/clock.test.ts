import { describe, expect, it } from "vitest";
import { Clock } from "./clock";

const HOUR = 3_600_000;

function clock(loaded = () => HOUR, reaches = () => false, changed = () => {}, comes = () => true) {
  const made = new Clock(0, HOUR, loaded, reaches, comes, changed);
  let wall = 1000;
  /** Runs so many ms of this screen's time in frames. */
  const run = (ms: number, frame = 16) => {
    made.tick(wall);
    const end = wall + ms;
    while (wall < end) {
      wall = Math.min(end, wall + frame);
      made.tick(wall);
    }
  };
  return { made, run };
}

describe("the clock of a replay", () => {
  it.each([1, 60, 600, -60])("moves by time at %d×, however frames fall", (speed) => {
    const even = clock();
    const odd = clock();
    for (const { made, run } of [even, odd]) {
      made.seek(HOUR / 2);
      made.play(speed);
      run(2000, made === odd.made ? 170 : 16);
    }
    expect(even.made.now).toBeCloseTo(HOUR / 2 + 2000 * speed, 3);
    expect(odd.made.now).toBeCloseTo(even.made.now, 3);
  });

  it("stops at the end and at the beginning, and starts anew from there", () => {
    const { made, run } = clock();
    made.seek(HOUR - 500);
    made.play(1);
    run(1000);
    expect([made.now, made.playing]).toEqual([HOUR, false]);
    made.play();
    expect(made.now).toBe(0);
    made.play(-10);
    expect(made.now).toBe(HOUR);
    made.seek(100);
    run(1000);
    expect([made.now, made.playing]).toEqual([0, false]);
  });

  it("stays where a hand has put it when that is the very end, and else plays on", () => {
    const { made } = clock();
    made.play(10);
    made.pause();
    made.seek(HOUR);
    made.resume();
    expect([made.now, made.playing]).toEqual([HOUR, false]);
    made.seek(HOUR - 1);
    made.resume();
    expect([made.now, made.playing]).toEqual([HOUR - 1, true]);
    made.setSpeed(-10);
    made.pause();
    made.seek(0);
    made.resume();
    expect([made.now, made.playing]).toEqual([0, false]);
  });

  it("loops within its window both ways", () => {
    const { made, run } = clock();
    made.setLoop({ from: 10_000, to: 20_000 });
    expect(made.now).toBe(10_000);
    made.play(10);
    run(1500);
    expect(made.now).toBeCloseTo(15_000, 3);
    made.play(-10);
    run(1000);
    expect(made.now).toBeCloseTo(15_000, 3);
  });

  it("waits for what has not come yet, and goes on when it has", () => {
    let loaded = 60_000;
    const { made, run } = clock(() => loaded);
    made.play(60);
    run(2000);
    expect([made.now, made.waiting, made.playing]).toEqual([60_000, true, true]);
    loaded = HOUR;
    run(1000);
    expect(made.now).toBeCloseTo(120_000, 3);
    expect(made.waiting).toBe(false);
  });

  it("pauses where nothing more is being read, rather than wait for ever", () => {
    const { made, run } = clock(
      () => 60_000,
      () => false,
      () => {},
      () => false,
    );
    made.play(60);
    run(2000);
    expect([made.now, made.waiting, made.playing]).toEqual([60_000, false, false]);
    made.seek(HOUR / 2);
    made.play(60);
    run(500);
    expect([made.now, made.playing]).toEqual([HOUR / 2, false]);
  });

  it("tells that it waits, once, and that it goes on", () => {
    let loaded = 60_000;
    const told: boolean[] = [];
    const { made, run } = clock(
      () => loaded,
      () => false,
      () => told.push(made.waiting),
    );
    made.play(60);
    told.length = 0;
    run(3000);
    loaded = HOUR;
    run(500);
    expect(told).toEqual([true, false]);
  });

  it("stands where it was sought, beyond what has come, until it has", () => {
    let loaded = 60_000;
    const { made, run } = clock(() => loaded);
    made.seek(HOUR / 2);
    made.play(1);
    run(500);
    expect([made.now, made.waiting]).toEqual([HOUR / 2, true]);
    loaded = HOUR;
    run(500);
    expect(made.now).toBeCloseTo(HOUR / 2 + 500, 3);
  });

  it("runs into the present at 1× and follows it", () => {
    const { made, run } = clock(
      () => made.to,
      () => true,
    );
    made.seek(HOUR - 1000);
    made.play(60);
    run(500);
    expect([made.now, made.live, made.speed, made.playing]).toEqual([HOUR, true, 1, true]);
    made.extend(HOUR + 5000);
    run(1000);
    expect(made.now).toBeCloseTo(HOUR + 1000, 3);
  });

  it("does not leap after the page was hidden", () => {
    const { made } = clock();
    made.play(1);
    made.tick(0);
    made.tick(600_000);
    expect(made.now).toBe(1000);
  });
});
