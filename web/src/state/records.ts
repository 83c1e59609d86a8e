import { Presence, type WorkerRole } from "../wire/contracts.gen";

/** Names used in message catalogues, test ids and the debug hooks, by presence number. */
export const presenceNames = ["gone", "offDuty", "lost", "stale", "still", "moving"] as const;
export type PresenceName = (typeof presenceNames)[number];

/** Presence from a record's state byte; values of a newer server count as moving. */
export const presenceOf = (state: number): Presence => Math.min(state & 7, Presence.moving) as Presence;

/** Roles as columns hold them: 0 until the name of the slot is known. */
export const roles: readonly (WorkerRole | null)[] = [null, "gridLeader", "gridWorker", "auxiliary", "reserve"];

export const roleNumber = (role: WorkerRole): number => Math.max(0, roles.indexOf(role));
