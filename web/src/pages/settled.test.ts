import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { settled } from "./settled";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("one change is answered at once", () => {
  const run = vi.fn();
  settled(run).call();
  expect(run).toHaveBeenCalledOnce();
});

test("a drag over many days asks twice: where it begins and where it rests", () => {
  const run = vi.fn();
  const { call } = settled(run);
  for (let n = 0; n < 40; n++) {
    call();
    vi.advanceTimersByTime(16);
  }
  expect(run).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1_000);
  expect(run).toHaveBeenCalledTimes(2);
});

test("nothing is asked once the page is gone", () => {
  const run = vi.fn();
  const { call, end } = settled(run);
  call();
  call();
  end();
  vi.advanceTimersByTime(1_000);
  expect(run).toHaveBeenCalledOnce();
});
