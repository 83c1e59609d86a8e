/** Words of the catalogue for what the server calls by a code, playback.refused; what is not among them is told by its status. */
const KNOWN = [
  "outOfScope",
  "role",
  "badArgument",
  "beingErased",
  "tooMuch",
  "tooMuchHours",
  "tooMuchWorkers",
] as const;

/** What went wrong with a read, as a key of the catalogue and what fills it in. */
export interface Refusal {
  key: "away" | "reason" | "forbidden" | "tooMany" | "tooMuch" | "notFound" | "signedOut" | "other";
  /** The server's own words, in English: shown only where there are none of the page's for it. */
  detail: string;
  seconds: number;
  /** The page's words for it, and the number in them; null: the key's, with the detail. */
  known: (typeof KNOWN)[number] | null;
  n: string;
}

/**
 * By HTTP's status, which the hub uses too, and the code a problem's type ends with. Each comes with what to do: see playback.failed and
 * playback.refused in the catalogues.
 */
export function refusalOf(
  status: number,
  detail: string | null,
  retryAfterSeconds: number | null = null,
  code: string | null = null,
): Refusal {
  const seconds = retryAfterSeconds ?? Number(/(\d+) ?s(econds)?\b/.exec(detail ?? "")?.[1] ?? 10);
  return { key: keyOf(status), detail: detail ?? "", seconds, ...knownOf(code, detail ?? "") };
}

function keyOf(status: number): Refusal["key"] {
  if (status === 0 || status === 502 || status === 503 || status === 504) return "away";
  if (status === 401) return "signedOut";
  if (status === 403) return "forbidden";
  if (status === 404) return "notFound";
  if (status === 428) return "reason";
  if (status === 429) return "tooMany";
  return status === 400 || status === 413 || status === 422 ? "tooMuch" : "other";
}

function knownOf(code: string | null, detail: string): Pick<Refusal, "known" | "n"> {
  switch (code) {
    case "out-of-scope":
      return { known: "outOfScope", n: "" };
    case "role":
      return { known: "role", n: "" };
    case "bad-argument":
      return { known: "badArgument", n: "" };
    case "being-erased":
      return { known: "beingErased", n: "" };
    case "too-much": {
      // How much is allowed stands in the server's words alone.
      const hours = /ask for (\d+(?:\.\d+)?) hours at a time/.exec(detail);
      if (hours) return { known: "tooMuchHours", n: hours[1] };
      const workers = /workers are asked for and (\d+) are allowed/.exec(detail);
      return workers ? { known: "tooMuchWorkers", n: workers[1] } : { known: "tooMuch", n: "" };
    }
    default:
      return { known: null, n: "" };
  }
}

/** A refusal that trying the same again will not change. */
export const isFinal = ({ key }: Refusal): boolean =>
  ["forbidden", "tooMuch", "notFound", "reason", "signedOut"].includes(key);

/** Key of the catalogue; {@link Refusal} fills it in. */
export const wordsOf = ({ key, known }: Refusal): string =>
  known ? `playback.refused.${known}` : `playback.failed.${key}`;
