import type { AssignmentInfo } from "../wire/contracts.gen";

export type AssignmentState = AssignmentInfo["state"];

const WAY: readonly AssignmentState[] = ["dispatched", "accepted", "enRoute", "onScene", "handling", "cleared"];

/** The worker is taken by it. */
export const isUnderWay = (state: AssignmentState): boolean => WAY.indexOf(state) >= 0 && state !== "cleared";

/** What a dispatcher may set next: the next state of the way first, then what ends it early. */
export function nextStates(state: AssignmentState): readonly AssignmentState[] {
  if (state === "noAnswer") return ["accepted"];
  if (!isUnderWay(state)) return [];
  const next = WAY[WAY.indexOf(state) + 1];
  return state === "dispatched" ? [next, "declined", "cancelled"] : [next, "cancelled"];
}

/** Those under way first, then the newest. */
export function inOrder(assignments: readonly AssignmentInfo[]): readonly AssignmentInfo[] {
  return [...assignments].sort(
    (a, b) => Number(isUnderWay(b.state)) - Number(isUnderWay(a.state)) || Date.parse(b.sentAt) - Date.parse(a.sentAt),
  );
}

/** An entry of an alarm's ledger that tells of an assignment: "W-1 enRoute" or "W-1 declined: no shoes"; null for any other text. */
export function stepOfText(text: string | null): { worker: string; state: AssignmentState; note: string } | null {
  const found = /^(\S+) (\w+)(?:: ([\s\S]+))?$/.exec(text ?? "");
  if (!found) return null;
  const state = found[2] as AssignmentState;
  const known = WAY.includes(state) || ["declined", "noAnswer", "cancelled"].includes(state);
  return known ? { worker: found[1], state, note: found[3] ?? "" } : null;
}
