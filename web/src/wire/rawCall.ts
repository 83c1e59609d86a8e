import { ApiProblem, retryAfter } from "./api";

export interface RawAnswer {
  status: number;
  /** The body as JSON; undefined when there is none or it is not JSON. */
  json: unknown;
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
      signal: AbortSignal.timeout(options.timeoutMs ?? 15_000),
    });
    const text = await response.text();
    return {
      status: response.status,
      json: parse(text),
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
