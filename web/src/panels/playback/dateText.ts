/** `2026-11-22 10:41`, the same in both languages, of `2026-11-22T10:41`. */
export const writeLocal = (local: string): string => local.replace("T", " ");

/** What somebody typed as such a field holds it, one digit for two taken too; null when it is no such day or time. */
export function readLocal(text: string, kind: "date" | "datetime-local"): string | null {
  const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]+(\d{1,2})[:：](\d{2})(?::\d{2})?)?$/.exec(
    text.trim(),
  );
  if (!found) return null;
  const [, year, month, day, hour, minute] = found;
  if ((hour === undefined) !== (kind === "date")) return null;
  const two = (part: string) => part.padStart(2, "0");
  const date = `${year}-${two(month)}-${two(day)}`;
  const local = hour === undefined ? date : `${date}T${two(hour)}:${minute}`;
  const at = new Date(`${local}${hour === undefined ? "T00:00" : ""}:00Z`);
  // 2026-02-30 would be taken for March.
  return Number.isNaN(at.getTime()) || !at.toISOString().startsWith(local) ? null : local;
}
