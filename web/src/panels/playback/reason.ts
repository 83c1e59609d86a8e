/** Why somebody looks at people's tracks: said once a session of work, sent with every read, shown to the people themselves. */
export interface Reason {
  text: string;
  /** Number of the case it belongs to. */
  caseNumber: string | null;
}

/** As the server has it. */
export const MOST_REASON = 200;
export const MOST_CASE = 60;
const KEPT = "playback.reason";

/** The storage of this tab: another tab, and another day's work, asks anew. */
export function keptReason(user: string, storage: Pick<Storage, "getItem"> | null = null): Reason | null {
  try {
    // Where storage is switched off, the very name may throw.
    storage ??= sessionStorage;
    const kept = JSON.parse(storage.getItem(KEPT) ?? "null") as (Reason & { user?: string }) | null;
    // Another person at the same screen has reasons of their own.
    if (kept?.user !== user || typeof kept.text !== "string" || kept.text.trim() === "") return null;
    return { text: kept.text, caseNumber: typeof kept.caseNumber === "string" ? kept.caseNumber : null };
  } catch {
    return null;
  }
}

export function keepReason(user: string, reason: Reason, storage: Pick<Storage, "setItem"> | null = null): void {
  try {
    storage ??= sessionStorage;
    storage.setItem(KEPT, JSON.stringify({ ...reason, user }));
  } catch {
    // Storage may be switched off: the reason then lives as long as the page.
  }
}
