/** What went wrong with a read, as a key of the catalogue and what fills it in. */
export interface Refusal {
  key: "away" | "reason" | "forbidden" | "tooMany" | "tooMuch" | "notFound" | "signedOut" | "other";
  detail: string;
  seconds: number;
}

/** By HTTP's status, which the hub uses too. Each comes with what to do: see playback.failed in the catalogues. */
export function refusalOf(status: number, detail: string | null, retryAfterSeconds: number | null = null): Refusal {
  const seconds = retryAfterSeconds ?? Number(/(\d+) ?s(econds)?\b/.exec(detail ?? "")?.[1] ?? 10);
  const key =
    status === 0 || status === 502 || status === 503 || status === 504
      ? "away"
      : status === 401
        ? "signedOut"
        : status === 428
          ? "reason"
          : status === 403
            ? "forbidden"
            : status === 404
              ? "notFound"
              : status === 429
                ? "tooMany"
                : status === 400 || status === 413 || status === 422
                  ? "tooMuch"
                  : "other";
  return { key, detail: detail ?? "", seconds };
}

/** A refusal that trying the same again will not change. */
export const isFinal = ({ key }: Refusal): boolean =>
  ["forbidden", "tooMuch", "notFound", "reason", "signedOut"].includes(key);
