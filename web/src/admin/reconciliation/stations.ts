import type { AlarmReconciliation } from "../../wire/contracts.gen";

export interface Station {
  key: "received" | "stored" | "shown" | "acknowledged" | "closed";
  count: number;
  missing: number;
}

/** What each station of an alarm's way lacks of what was received. Not acknowledged and not closed are no losses, but work that is left. */
export function stationsOf(sum: AlarmReconciliation): readonly Station[] {
  return (["received", "stored", "shown", "acknowledged", "closed"] as const).map((key) => ({
    key,
    count: sum[key],
    missing: Math.max(0, sum.received - sum[key]),
  }));
}

const MOST_LISTED = 100;

/** Whether a list of ids was cut by the server. */
export const isCut = (ids: readonly string[]): boolean => ids.length >= MOST_LISTED;
