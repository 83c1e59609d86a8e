import { call } from "./api";
import type { AlarmDetail, AlarmInfo, AlarmResolution, Page, RaisedAlarm } from "./contracts.gen";

/** What a list of alarms is narrowed by; an empty text is no narrowing. `state` is one of the states, or open. */
export interface AlarmQuery {
  area: string;
  state: string;
  worker: string;
  kind: string;
}

/** As the server has them. */
export const MOST_REASON = 500;
const PAGE = 50;

const at = (id: string): string => `/api/alarms/${encodeURIComponent(id)}`;

/** Newest arrival first. */
export function listAlarms(query: AlarmQuery, cursor: string | null): Promise<Page<AlarmInfo>> {
  const parts = new URLSearchParams({ limit: String(PAGE) });
  for (const [name, value] of Object.entries({ ...query, cursor })) if (value) parts.set(name, value);
  return call("GET", `/api/alarms?${parts}`);
}

/** With its ledger. The look is on the audit trail. */
export const readAlarm = (id: string): Promise<AlarmDetail> => call("GET", at(id));

export const acknowledgeAlarm = (id: string, csrf: string): Promise<void> =>
  call("POST", `${at(id)}/acknowledge`, { body: {}, csrf });

export const resolveAlarm = (id: string, end: AlarmResolution, csrf: string): Promise<void> =>
  call("POST", `${at(id)}/resolve`, { body: end, csrf });

/** Within a day of its end. */
export const reopenAlarm = (id: string, reason: string, csrf: string): Promise<void> =>
  call("POST", `${at(id)}/reopen`, { body: { reason }, csrf });

/** The id is the page's: sent again it is the same alarm. */
export const raiseAlarm = (alarm: RaisedAlarm, csrf: string): Promise<void> =>
  call("POST", "/api/alarms", { body: alarm, csrf });
