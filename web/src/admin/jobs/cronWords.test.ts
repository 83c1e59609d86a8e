import { describe, expect, it } from "vitest";
import { cronWords } from "./cronWords";

describe("cronWords", () => {
  it.each([
    ["0 0/5 * * * ?", "minutes", { n: 5 }],
    ["0/10 * * * * ?", "seconds", { n: 10 }],
    ["0 0 * * * ?", "hourly", {}],
    ["0 30 2 * * ?", "daily", { time: "02:30" }],
    ["0 5 3 ? * MON", "weekly", { time: "03:05", weekday: 0 }],
    ["0 5 23 ? * SUN", "weekly", { time: "23:05", weekday: 6 }],
    ["0 0 4 1 * ?", "monthly", { time: "04:00", day: 1 }],
    ["0 0 4 2 1,4,7,10 ?", "quarterly", { time: "04:00", day: 2 }],
  ])("reads %s", (cron, key, values) => expect(cronWords(cron)).toEqual({ key, values }));

  it.each(["", "0 0 4 1 2 ?", "0 61 4 * * ?", "15 0 4 * * ?", "0 0 4 * * ? 2026", "0 0 24 * * ?"])(
    "leaves %j as it is",
    (cron) => expect(cronWords(cron)).toEqual({ key: "other", values: { cron } }),
  );
});
