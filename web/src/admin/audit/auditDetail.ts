export interface AuditDetail {
  /** Its words in the catalogue, under `auditDetail`. */
  key: string;
  values: Record<string, string>;
}

/** What the server writes as a row's detail, by act. It is stored, so older forms never go away: what matches none is shown as it is. */
const FORMS: readonly [action: RegExp, detail: RegExp, key: string][] = [
  [/^change-duty$/, /^on$/, "dutyOn"],
  [/^change-duty$/, /^off$/, "dutyOff"],
  [/^change-worker$/, /^from (?<area>\S+) to (?<newArea>\S+)$/, "moved"],
  [/^remove-worker$/, /^(?<n>\d+) devices revoked$/, "devicesRevoked"],
  [/^add-account$/, /^(?<who>.+), (?<role>\w+)$/, "account"],
  [
    /^change-account$/,
    /^(?<who>.+), (?<role>\w+) to (?<newRole>\w+), (?<area>\S+) to (?<newArea>\S+)$/,
    "accountChanged",
  ],
  [/^import-/, /^(?<rows>\d+) rows: (?<added>\d+) added, (?<changed>\d+) changed; /, "imported"],
  [/^follow$/, /^track from (?<from>\S+) on$/, "trackOn"],
  [/^follow$/, /^track from (?<from>\S+) on area=(?<area>\S+)$/, "trackOnIn"],
  [/^open-track$/, /^(?<from>[^/\s]+)\/(?<to>[^/\s]+)$/, "trackSpan"],
  [/^open-track$/, /^(?<from>[^/\s]+)\/(?<to>[^/\s]+) area=(?<area>\S+)$/, "trackSpanIn"],
  [/^open-track$/, /^summary (?<from>[^/\s]+)\/(?<to>[^/\s]+)(?: raw)?$/, "summarySpan"],
  [/^read-notes$/, /^notes (?<from>[^/\s]+)\/(?<to>[^/\s]+)$/, "notesSpan"],
  [/^watch-area$/, /^GET \/api\/positions$/, "byApi"],
];

export function auditDetail(action: string, detail: string | null): AuditDetail | null {
  if (detail === null) return null;
  for (const [acts, form, key] of FORMS) {
    const match = acts.test(action) ? form.exec(detail) : null;
    if (match) return { key, values: { ...match.groups } };
  }
  return null;
}
