import { call } from "./api";
import type {
  AlarmSurroundings,
  AssignmentChange,
  AssignmentInfo,
  CandidateList,
  NewAssignment,
  Page,
} from "./contracts.gen";

const ofAlarm = (id: string, what: string): string => `/api/alarms/${encodeURIComponent(id)}/${what}`;

/** Who can go and has all of these skills, the best first. The look is on the audit trail. */
export const findCandidates = (alarm: string, skills: readonly string[]): Promise<CandidateList> =>
  call(
    "GET",
    `${ofAlarm(alarm, "candidates")}${skills.length > 0 ? `?${new URLSearchParams(skills.map((skill) => ["skill", skill]))}` : ""}`,
  );

export async function listAssignments(alarm: string): Promise<readonly AssignmentInfo[]> {
  return (await call<Page<AssignmentInfo>>("GET", ofAlarm(alarm, "assignments"))).items;
}

/** The id is the page's: sent again it is the same request. */
export async function sendWorkers(request: NewAssignment, csrf: string): Promise<readonly AssignmentInfo[]> {
  return (await call<Page<AssignmentInfo>>("POST", "/api/assignments", { body: request, csrf })).items;
}

export const setAssignment = (id: string, change: AssignmentChange, csrf: string): Promise<AssignmentInfo> =>
  call("POST", `/api/assignments/${encodeURIComponent(id)}/state`, { body: change, csrf });

/** The nearest street, the worker's phone, earlier alarms. The look is on the audit trail. */
export const readSurroundings = (alarm: string): Promise<AlarmSurroundings> =>
  call("GET", ofAlarm(alarm, "surroundings"));

/** A page to print. */
export const reportOf = (alarm: string, language: string): string =>
  `${ofAlarm(alarm, "report")}?lang=${encodeURIComponent(language)}`;
