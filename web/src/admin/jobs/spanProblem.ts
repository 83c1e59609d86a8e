import { ApiProblem } from "../../wire/api";

/** What the server says is wrong with the days that a run is asked for, and at which of the two fields. */
export interface SpanProblem {
  field: "from" | "to";
  /** Key of the words; `other` when the server says something newer than this page. */
  key: "order" | "tooEarly" | "notBegun" | "tooLong" | "notDay" | "other";
  /** Days, in `tooLong`. */
  n: number;
  /** The server's own words, English. */
  detail: string;
}

const SAYS: readonly [RegExp, SpanProblem["key"]][] = [
  [/later than/, "order"],
  [/of this century/, "tooEarly"],
  [/has begun/, "notBegun"],
  [/at most (\d+) days/, "tooLong"],
  [/a day such as/, "notDay"],
];

/** Null: the refusal is about something else. */
export function spanProblem(error: unknown): SpanProblem | null {
  if (!(error instanceof ApiProblem) || error.reason !== "bad-argument") return null;
  const detail = error.detail ?? "";
  const field = /^'(from|to)'/.exec(detail)?.[1] as "from" | "to" | undefined;
  if (!field) return null;
  for (const [pattern, key] of SAYS) {
    const found = pattern.exec(detail);
    if (found) return { field, key, n: Number(found[1] ?? 0), detail };
  }
  return { field, key: "other", n: 0, detail };
}
