import type { AlarmAttachment, AlarmEntry } from "../wire/contracts.gen";

/** As the server takes them, by their first bytes; what a browser calls a file is told before it is sent. */
export const TAKEN: readonly AlarmAttachment["type"][] = [
  "image/jpeg",
  "image/png",
  "image/webp",
  "audio/mp4",
  "audio/mpeg",
  "video/mp4",
  "application/pdf",
];
/** Names that browsers have for the same things. */
const ALIASES = ["image/jpg", "audio/x-m4a", "audio/m4a", "audio/mp3", "video/x-m4v", "video/3gpp"];

export interface AttachmentLimits {
  /** Of one. */
  bytes: number;
  /** Of an alarm. */
  count: number;
}

/** Why a file need not be sent at all: a key of alarmDesk.notes.problem. */
export function refusalOfFile(
  file: { size: number; type: string },
  taken: number,
  limits: AttachmentLimits,
): "too-large" | "empty" | "attachment-type" | "attachments-full" | null {
  if (taken >= limits.count) return "attachments-full";
  if (file.size === 0) return "empty";
  if (file.size > limits.bytes) return "too-large";
  const type = file.type.toLowerCase();
  // Some systems have no word for a file: the server looks at its bytes.
  return type === "" || (TAKEN as readonly string[]).includes(type) || ALIASES.includes(type)
    ? null
    : "attachment-type";
}

/** Those that a ledger names, in order. */
export const attachmentsOf = (ledger: readonly AlarmEntry[]): AlarmAttachment[] =>
  ledger.flatMap((entry) => (entry.attachment ? [entry.attachment] : []));

export const isPicture = (file: AlarmAttachment): boolean => file.type.startsWith("image/");

/** 640 KB, 3.1 MB. */
export function sizeText(bytes: number): string {
  if (bytes < 1_048_576) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  const mb = bytes / 1_048_576;
  return `${Number.isInteger(mb) ? mb : mb.toFixed(1)} MB`;
}
