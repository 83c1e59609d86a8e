import type { AccountRole } from "../wire/contracts.gen";

/** What the pages offer; the server decides again on every request. Mirrors `Permissions` on the server. */
export type Right =
  | "listDevices"
  | "enrolDevices"
  | "listWorkers"
  | "changeDuty"
  | "manageWorkers"
  | "manageAreas"
  | "manageGateways"
  | "manageAccounts"
  | "manageKiosks"
  | "import"
  | "importAreasAndRoster"
  | "keepTracks"
  | "manageCoverage"
  | "manageJobs"
  | "readAudit"
  | "reconcile"
  | "replay"
  | "seeCoverage"
  | "supervise";

const ABOVE_WALL: readonly AccountRole[] = ["dispatcher", "supervisor", "administrator"];
const ABOVE_DISPATCHER: readonly AccountRole[] = ["supervisor", "administrator"];
const ADMINISTRATOR: readonly AccountRole[] = ["administrator"];

const HOLDERS: Record<Right, readonly AccountRole[]> = {
  listDevices: ABOVE_WALL,
  enrolDevices: ["dispatcher", "administrator"],
  listWorkers: ABOVE_WALL,
  changeDuty: ABOVE_WALL,
  manageWorkers: ADMINISTRATOR,
  manageAreas: ADMINISTRATOR,
  manageGateways: ADMINISTRATOR,
  manageAccounts: ADMINISTRATOR,
  manageKiosks: ADMINISTRATOR,
  import: ["dispatcher", "administrator"],
  importAreasAndRoster: ADMINISTRATOR,
  keepTracks: ADMINISTRATOR,
  manageCoverage: ADMINISTRATOR,
  manageJobs: ADMINISTRATOR,
  readAudit: ADMINISTRATOR,
  reconcile: ABOVE_WALL,
  replay: ABOVE_WALL,
  seeCoverage: ABOVE_WALL,
  supervise: ABOVE_DISPATCHER,
};

export function may(role: AccountRole, right: Right): boolean {
  return HOLDERS[right].includes(role);
}
