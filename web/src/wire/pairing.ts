import { call, type Session } from "./api";
import type { KioskPairing } from "./contracts.gen";
import { problemOf, rawCall } from "./rawCall";

/** A new code to show. */
export const beginPairing = () => call<KioskPairing>("POST", "/api/kiosks/pairings");

/** The session once an administrator has entered the code; null while nobody has; `expired` when this code never will. */
export async function fetchPairedSession(pairing: KioskPairing): Promise<Session | "expired" | null> {
  const answer = await rawCall("POST", `/api/kiosks/pairings/${encodeURIComponent(pairing.id)}/session`, {
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ secret: pairing.secret }),
  });
  if (answer.status === 200) return answer.json as Session;
  if (answer.status === 202) return null;
  if (answer.status === 410 || answer.status === 404) return "expired";
  throw problemOf(answer);
}
