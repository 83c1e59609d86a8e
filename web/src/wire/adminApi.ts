import { call, type Session } from "./api";
import type {
  AccountChange,
  AccountInfo,
  AlarmReconciliation,
  AreaInfo,
  AreaNamesChange,
  AuditEntry,
  DeviceInfo,
  DeviceRefusals,
  EnrolledDevice,
  EnrolledGateway,
  GatewayInfo,
  ImportKind,
  ImportReport,
  JobRunInfo,
  JobsInfo,
  KioskChange,
  KioskInfo,
  NewAccount,
  NewGateway,
  NewKiosk,
  NewTrackHold,
  NewWorker,
  Page,
  RosterChange,
  TrackErasurePlan,
  TrackErasureReceipt,
  TrackErasureRequest,
  TrackHold,
  TrackRetention,
  TrackRetentionPreview,
  WorkerInfo,
} from "./contracts.gen";
import { problemOf, rawCall } from "./rawCall";

/** What a list may be narrowed by; null and empty are left out of the query. */
export type Query = Record<string, string | number | boolean | null | undefined>;

const IMPORT_WITHIN_MS = 120_000;
const AREAS_A_PAGE = 500;
const MOST_AREA_PAGES = 200;

export type Datum = "wgs84" | "gcj02" | "bd09";

export function withQuery(path: string, query: Query): string {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "") parts.set(name, String(value));
  }
  const text = parts.toString();
  return text ? `${path}?${text}` : path;
}

/**
 * What the administrator's and dispatcher's pages call.
 * @param csrf the session's, which changes when the password does
 */
export function makeAdminApi(csrf: () => string) {
  const write = <T>(method: string, path: string, body?: unknown) => call<T>(method, path, { body, csrf: csrf() });
  const list =
    <T>(path: string) =>
    (query: Query) =>
      call<Page<T>>("GET", withQuery(path, query));
  const name = encodeURIComponent;
  return {
    accounts: list<AccountInfo>("/api/accounts"),
    addAccount: (account: NewAccount) => write<AccountInfo>("POST", "/api/accounts", account),
    changeAccount: (id: number, change: AccountChange) => write<AccountInfo>("PUT", `/api/accounts/${id}`, change),
    resetPassword: (id: number, password: string) => write<void>("POST", `/api/accounts/${id}/password`, { password }),
    disableAccount: (id: number) => write<unknown>("POST", `/api/accounts/${id}/disable`),
    enableAccount: (id: number) => write<unknown>("POST", `/api/accounts/${id}/enable`),
    changeOwnPassword: (current: string, password: string) =>
      write<Session>("POST", "/api/session/password", { current, password }),

    workers: list<WorkerInfo>("/api/workers"),
    addWorker: (worker: NewWorker) => write<WorkerInfo>("POST", "/api/workers", worker),
    changeWorker: (code: string, change: RosterChange) =>
      write<WorkerInfo>("PUT", `/api/workers/${name(code)}`, change),
    setDuty: (code: string, onDuty: boolean) =>
      write<WorkerInfo>("POST", `/api/workers/${name(code)}/duty`, { onDuty }),
    workerLeaves: (code: string) => write<unknown>("POST", `/api/workers/${name(code)}/leave`),

    devices: list<DeviceInfo>("/api/devices"),
    device: (id: number) => call<DeviceInfo>("GET", `/api/devices/${id}`),
    refusals: (id: number) => call<DeviceRefusals>("GET", `/api/devices/${id}/refusals`),
    enrol: (worker: string, label: string | null) => write<EnrolledDevice>("POST", "/api/devices", { worker, label }),
    revokeDevice: (id: number) => write<void>("DELETE", `/api/devices/${id}`),

    gateways: list<GatewayInfo>("/api/gateways"),
    addGateway: (gateway: NewGateway) => write<EnrolledGateway>("POST", "/api/gateways", gateway),
    revokeGateway: (id: number) => write<void>("DELETE", `/api/gateways/${id}`),

    kiosks: list<KioskInfo>("/api/kiosks"),
    addKiosk: (kiosk: NewKiosk) => write<KioskInfo>("POST", "/api/kiosks", kiosk),
    changeKiosk: (id: number, change: KioskChange) => write<KioskInfo>("PUT", `/api/kiosks/${id}`, change),
    revokeKiosk: (id: number) => write<void>("DELETE", `/api/kiosks/${id}`),

    audit: list<AuditEntry>("/api/audit"),

    /** How many alarms reached each station of their way. */
    reconciliation: (query: Query) => call<AlarmReconciliation>("GET", withQuery("/api/alarms/reconciliation", query)),
    retention: () => call<TrackRetention>("GET", "/api/tracks/retention"),
    /** @param days null: as without a rule */
    previewRetention: (area: string, days: number | null) =>
      call<TrackRetentionPreview>("GET", withQuery(`/api/tracks/retention/${name(area)}/preview`, { days })),
    setRetention: (area: string, days: number, reason: string) =>
      write<TrackRetention>("PUT", `/api/tracks/retention/${name(area)}`, { days, reason }),
    clearRetention: (area: string, reason: string) =>
      write<TrackRetention>("DELETE", withQuery(`/api/tracks/retention/${name(area)}`, { reason })),

    holds: list<TrackHold>("/api/tracks/holds"),
    placeHold: (hold: NewTrackHold) => write<TrackHold>("POST", "/api/tracks/holds", hold),
    releaseHold: (id: number, reason: string) =>
      write<void>("DELETE", withQuery(`/api/tracks/holds/${id}`, { reason })),

    erasures: list<TrackErasureReceipt>("/api/erasures"),
    erasure: (id: number) => call<TrackErasureReceipt>("GET", `/api/erasures/${id}`),
    planErasure: (worker: string, why: TrackErasureRequest) =>
      write<TrackErasurePlan>("POST", `/api/workers/${name(worker)}/erasure`, why),
    erase: (worker: string, order: TrackErasureRequest) =>
      write<TrackErasureReceipt>("POST", `/api/workers/${name(worker)}/erasure`, order),

    jobs: () => call<JobsInfo>("GET", "/api/jobs"),
    jobRuns: (job: string, query: Query) =>
      call<Page<JobRunInfo>>("GET", withQuery(`/api/jobs/${name(job)}/runs`, query)),
    /** @param to the day after the last */
    runJob: (job: string, from: string, to: string) =>
      write<JobRunInfo>("POST", `/api/jobs/${name(job)}/runs`, { from, to }),
    cancelJob: (run: number) => write<JobRunInfo>("POST", `/api/jobs/runs/${run}/cancel`),
    retryJob: (run: number) => write<JobRunInfo>("POST", `/api/jobs/runs/${run}/retry`),

    renameArea: (code: string, names: AreaNamesChange) => write<AreaInfo>("PUT", `/api/areas/${name(code)}`, names),

    /** Every area the person may see, without outlines. */
    async areas(): Promise<AreaInfo[]> {
      const areas: AreaInfo[] = [];
      let cursor: string | null = null;
      for (let page = 0; page < MOST_AREA_PAGES; page++) {
        const answer: Page<AreaInfo> = await call("GET", withQuery("/api/areas", { limit: AREAS_A_PAGE, cursor }));
        areas.push(...answer.items);
        if (!answer.next) break;
        cursor = answer.next;
      }
      return areas;
    },

    /** Previews a file, or applies what was previewed: with its fingerprint nothing else can be applied. */
    async importFile(kind: ImportKind, file: Blob, options: { datum?: Datum; apply?: string }): Promise<ImportReport> {
      const path = withQuery(`/api/import/${kind}`, {
        apply: options.apply !== undefined,
        fingerprint: options.apply,
        datum: kind === "areas" ? options.datum : null,
      });
      const answer = await rawCall("POST", path, {
        body: file,
        headers: {
          "Content-Type": kind === "areas" ? "application/geo+json" : "text/csv",
          "X-CSRF-Token": csrf(),
        },
        timeoutMs: IMPORT_WITHIN_MS,
      });
      // 422 carries the report too: what kept the file from being applied.
      const report = answer.json as ImportReport | undefined;
      if ((answer.status === 200 || answer.status === 422) && Array.isArray(report?.problems)) return report;
      throw problemOf(answer);
    },
  };
}

export type AdminApi = ReturnType<typeof makeAdminApi>;
