import { describe, expect, it } from "vitest";
import type { AlarmReconciliation } from "../../wire/contracts.gen";
import { isCut, stationsOf } from "./stations";

const sum = { received: 10, answered: 10, stored: 10, shown: 9, acknowledged: 7, closed: 12 } as AlarmReconciliation;

describe("the stations of an alarm", () => {
  it("say what each lacks of what was received, and never less than nothing", () => {
    expect(stationsOf(sum).map((one) => [one.key, one.missing])).toEqual([
      ["received", 0],
      ["stored", 0],
      ["shown", 1],
      ["acknowledged", 3],
      ["closed", 0],
    ]);
  });

  it("are listed up to a hundred", () => {
    expect(isCut(Array.from({ length: 99 }, String))).toBe(false);
    expect(isCut(Array.from({ length: 100 }, String))).toBe(true);
  });
});
