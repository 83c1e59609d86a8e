import type { EnrolledDevice } from "../../wire/contracts.gen";

/** With a byte order mark, by which spreadsheets know UTF-8. A label that would be a formula there is kept from being one. */
export function devicesCsv(devices: readonly EnrolledDevice[]): string {
  const rows = devices.map(({ worker, label, osmandId, user, password }) => [
    worker,
    label ?? "",
    osmandId,
    user,
    password,
  ]);
  const lines = [["worker", "label", "osmandId", "user", "password"], ...rows].map((row) => row.map(field).join(","));
  return `\uFEFF${lines.join("\r\n")}\r\n`;
}

// Secrets are base64url and may begin with a hyphen: they are copied into phones, so nothing may be put before them.
function field(text: string, column: number): string {
  const safe = column === 1 && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
