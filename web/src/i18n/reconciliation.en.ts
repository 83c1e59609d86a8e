import type { ReconciliationMessages } from "./reconciliation.zh-CN";

export const reconciliationEn: ReconciliationMessages = {
  intro:
    "Whether each alarm that a phone sent was received, stored, shown, acknowledged and closed. Times are of {zone}.",
  stations: {
    received: "Received (the phone was answered)",
    stored: "In the ledger",
    shown: "Shown on a screen at least",
    acknowledged: "Acknowledged",
    closed: "Closed",
  },
  of: "{n} of {all}",
  missing: "{n} missing",
  whole: "all",
  time: "From arrival to the first screen: half within {median} ms, 99% within {p99} ms",
  none: "There were no alarms in this time.",
  notShown: "Alarms not shown yet",
  notAcknowledged: "Alarms not acknowledged yet",
  broken: "Alarms whose chain of hashes is broken: their ledger was altered",
  first: "The first 100 only",
  intact: "All ledgers' chains of hashes are intact.",
  keptFrom:
    "Alarms that ended before {time} are past their keeping and deleted: they are not counted here, and none of them is lost.",
  erased: "Of {n} of these alarms the personal data were deleted; their ledgers hold all the same.",
  report: "Report",
};
