import { expect, test } from "vitest";
import type { JobInfo } from "../../wire/contracts.gen";
import { latestOf } from "./useJobs";

const job = (name: string, ended: string | null, runs = false): JobInfo =>
  ({ name, last: ended ? { ended } : null, running: runs ? {} : null }) as JobInfo;

test("the list of runs opens with the job that did something last", () => {
  expect(latestOf([job("assessment", null), job("coverage", "2026-11-23T18:30:00Z")])).toBe("coverage");
  expect(latestOf([job("a", "2026-11-23T18:30:00Z"), job("b", "2026-11-23T18:31:00+08:00")])).toBe("a");
  expect(latestOf([job("a", "2026-11-23T18:30:00Z"), job("b", null, true)])).toBe("b");
});

test("while none has run, none is chosen", () => {
  expect(latestOf([job("a", null), job("b", null)])).toBeNull();
});
