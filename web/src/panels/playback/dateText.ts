/** `2026-11-22 10:41`, the same in both languages, of `2026-11-22T10:41`. */
export const writeLocal = (local: string): string => local.replace("T", " ");

const DAY = String.raw`(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?`;
const TIME = String.raw`[T\s]+(\d{1,2})[:：](\d{2})(?::\d{2})?`;
const formOf = (kind: "date" | "datetime-local"): RegExp =>
  new RegExp(kind === "date" ? `^${DAY}$` : `^${DAY}${TIME}$`);

/** What somebody typed as such a field holds it, one digit for two taken too; null when it is no such day or time. */
export function readLocal(text: string, kind: "date" | "datetime-local"): string | null {
  const found = formOf(kind).exec(text.trim());
  if (!found) return null;
  const [, year, month, day, hour, minute] = found;
  const two = (part: string) => part.padStart(2, "0");
  const date = `${year}-${two(month)}-${two(day)}`;
  const local = hour === undefined ? date : `${date}T${two(hour)}:${minute}`;
  const at = new Date(`${local}${hour === undefined ? "T00:00" : ""}:00Z`);
  // 2026-02-30 would be taken for March.
  return Number.isNaN(at.getTime()) || !at.toISOString().startsWith(local) ? null : local;
}

/** Why {@link readLocal} takes a text for no day or time: nothing is written, it is written otherwise, or there is none such. */
export type DateFault = "empty" | "form" | "noSuch";

export function faultOf(text: string, kind: "date" | "datetime-local"): DateFault | null {
  if (text.trim() === "") return "empty";
  if (readLocal(text, kind) !== null) return null;
  return formOf(kind).test(text.trim()) ? "noSuch" : "form";
}
