import type { Component } from "vue";
import { lazily } from "../pages/onDemand";
import type { AccountRole } from "../wire/contracts.gen";
import { may, type Right } from "./rights";

export interface AdminRoute {
  /** Last part of the path, and the key of its words. */
  key: string;
  right: Right;
  page: Component;
}

/** The pages under /admin in the order of the menu: daily work first. */
export const ROUTES: readonly AdminRoute[] = [
  { key: "phones", right: "listDevices", page: lazily(() => import("./phones/PhonesPage.vue")) },
  { key: "workers", right: "listWorkers", page: lazily(() => import("./workers/WorkersPage.vue")) },
  { key: "areas", right: "manageAreas", page: lazily(() => import("./areas/AreasPage.vue")) },
  { key: "import", right: "import", page: lazily(() => import("./import/ImportPage.vue")) },
  { key: "accounts", right: "manageAccounts", page: lazily(() => import("./accounts/AccountsPage.vue")) },
  { key: "kiosks", right: "manageKiosks", page: lazily(() => import("./kiosks/KiosksPage.vue")) },
  { key: "gateways", right: "manageGateways", page: lazily(() => import("./gateways/GatewaysPage.vue")) },
  { key: "retention", right: "keepTracks", page: lazily(() => import("./keeping/RetentionPage.vue")) },
  { key: "holds", right: "keepTracks", page: lazily(() => import("./keeping/HoldsPage.vue")) },
  { key: "erasures", right: "keepTracks", page: lazily(() => import("./keeping/ErasuresPage.vue")) },
  {
    key: "reconciliation",
    right: "reconcile",
    page: lazily(() => import("./reconciliation/ReconciliationPage.vue")),
  },
  { key: "policy", right: "supervise", page: lazily(() => import("./assessment/PolicyPage.vue")) },
  { key: "appeals", right: "supervise", page: lazily(() => import("./assessment/AppealsPage.vue")) },
  { key: "exclusions", right: "supervise", page: lazily(() => import("./assessment/ExclusionsPage.vue")) },
  {
    key: "coverage",
    right: "manageCoverage",
    page: lazily(() => import("./coverage/CoverageAdminPage.vue")),
  },
  { key: "jobs", right: "manageJobs", page: lazily(() => import("./jobs/JobsPage.vue")) },
  { key: "audit", right: "readAudit", page: lazily(() => import("./audit/AuditPage.vue")) },
];

export const pathOf = (key: string): string => `/admin/${key}`;

/** The pages a role may open. */
export const routesFor = (role: AccountRole): AdminRoute[] => ROUTES.filter((route) => may(role, route.right));

/** The page of a path, `home` for /admin itself, null for what does not exist. */
export function routeOf(path: string): AdminRoute | "home" | null {
  const key = path.replace(/\/+$/, "").replace(/^\/admin\/?/, "");
  if (key === "") return "home";
  return ROUTES.find((route) => route.key === key) ?? null;
}
