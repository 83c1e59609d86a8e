/** Contracts that are being built beside these pages; each moves to contracts.gen.ts when its records are merged. */
import type { AccountInfo, AccountRole, DeviceInfo, EnrolledDevice, RefusalReason } from "./contracts.gen";

export type Account = AccountInfo & { lastSignInAt?: string | null };

export type Device = DeviceInfo & { lastReportAt?: string | null; refusals?: number };

export interface DeviceRefusals {
  items: { reason: RefusalReason; count: number; lastAt: string; detail: string | null }[];
  next: string | null;
  lastReportAt: string | null;
}

export interface GatewayInfo {
  id: number;
  name: string;
  area: string;
  user: string;
  createdAt: string;
  revokedAt: string | null;
}

export interface RosterChange {
  name: string;
  role: string;
  area: string;
  phone: string | null;
}

export interface AuditRow {
  id: number;
  at: string;
  user: string;
  role: AccountRole | null;
  action: string;
  worker: string | null;
  area: string | null;
  reason: string | null;
  detail: string | null;
}

export interface WatchedEntry {
  at: string;
  user: string;
  role: AccountRole | null;
  action: string;
  reason: string | null;
}

export interface KioskView {
  area: string;
  seconds: number;
}

export interface KioskChange {
  name: string;
  area: string;
  views: KioskView[];
  language: "zh-CN" | "en";
  style: "night" | "day" | "auto";
  reloadAt: string | null;
}

export interface KioskInfo extends KioskChange {
  id: number;
  createdAt: string;
  lastSeenAt: string | null;
  revokedAt: string | null;
}

export interface KioskPairing {
  id: string;
  code: string;
  secret: string;
  expiresAt: string;
}

export type ImportKind = "areas" | "roster" | "devices";

export interface ImportProblem {
  row: number;
  code: string | null;
  field: string | null;
  problem: string;
  severity: "error" | "warning";
  detail: string;
  other: string | null;
  squareMeters: number | null;
  at: number[] | null;
}

export interface ImportedRow {
  row: number;
  code: string;
  name: string | null;
  added: boolean;
  fields: string[];
}

export interface ImportReport {
  kind: ImportKind;
  applied: boolean;
  fingerprint: string;
  encoding: string;
  rows: number;
  added: number;
  changed: number;
  unchanged: number;
  left: number;
  changes: ImportedRow[];
  changesLeftOff: number;
  problems: ImportProblem[];
  problemsLeftOff: number;
  devices: EnrolledDevice[] | null;
}
