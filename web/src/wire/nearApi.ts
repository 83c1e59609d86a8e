import type { NearAsk } from "../panels/playback/nearAsk";
import { problemOf, rawCall } from "./rawCall";
import { reasonHeaders, type Why } from "./tracksApi";

/** As the contract's NearbyWorkers, which `GET /api/tracks/near` answers with. */
export interface NearbyWorkers {
  items: { worker: string; name: string | null; role: string; area: string | null; meters: number; at: string }[];
  more: number;
  outside: number;
  complete: string;
}

const WITHIN_MS = 60_000;

/** Who had a fix in the circle between two moments; each of them is told that somebody looked. */
export async function workersNear(
  { at, meters }: Pick<NearAsk, "at" | "meters">,
  span: { from: number; to: number },
  why: Why,
): Promise<NearbyWorkers> {
  const query = new URLSearchParams({
    near: `${at?.[0].toFixed(6)},${at?.[1].toFixed(6)},${meters}`,
    from: new Date(span.from).toISOString(),
    to: new Date(span.to).toISOString(),
  });
  const answer = await rawCall("GET", `/api/tracks/near?${query}`, {
    headers: reasonHeaders(why),
    timeoutMs: WITHIN_MS,
  });
  if (answer.status !== 200) throw problemOf(answer);
  return answer.json as NearbyWorkers;
}
