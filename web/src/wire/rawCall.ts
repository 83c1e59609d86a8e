/** A request that was not answered with success. Status 0: no answer at all. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly reason: string | null,
    readonly detail: string | null,
    readonly retryAfterSeconds: number | null,
  ) {
    super(detail ?? `status ${status}`);
  }
}

const ANSWER_WITHIN_MS = 15_000;

export interface RawAnswer {
  status: number;
  /** The body as JSON; undefined when there is none or it is not JSON. */
  json: unknown;
  text: string;
  retryAfterSeconds: number | null;
}

/**
 * A request whose status is part of the answer (202 while waiting, 422 with a report), or whose body is no JSON. Throws an
 * {@link ApiProblem} of status 0 when there is no answer at all.
 */
export async function rawCall(
  method: string,
  path: string,
  options: { headers?: Record<string, string>; body?: BodyInit; timeoutMs?: number; withCookie?: boolean } = {},
): Promise<RawAnswer> {
  try {
    const response = await fetch(path, {
      method,
      credentials: options.withCookie === false ? "omit" : "same-origin",
      headers: { Accept: "application/json", ...options.headers },
      body: options.body,
      signal: AbortSignal.timeout(options.timeoutMs ?? ANSWER_WITHIN_MS),
    });
    const text = await response.text();
    return {
      status: response.status,
      json: parse(text),
      text,
      retryAfterSeconds: retryAfter(response.headers.get("Retry-After")),
    };
  } catch {
    throw new ApiProblem(0, null, null, null);
  }
}

/** The refusal an answer stands for. */
export function problemOf(answer: RawAnswer): ApiProblem {
  const problem = (answer.json ?? {}) as { reason?: unknown; detail?: unknown };
  return new ApiProblem(
    answer.status,
    typeof problem.reason === "string" ? problem.reason : null,
    typeof problem.detail === "string" ? problem.detail : null,
    answer.retryAfterSeconds,
  );
}

function parse(text: string): unknown {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

/** Seconds from a Retry-After header, which may be a number or a date. */
export function retryAfter(header: string | null, now = Date.now()): number | null {
  if (!header) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, Math.ceil(seconds));
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now) / 1000));
}
