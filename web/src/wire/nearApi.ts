import type { NearbyWorkers } from "./contracts.gen";
import { problemOf, rawCall } from "./rawCall";
import { reasonHeaders, type Why } from "./tracksApi";

const WITHIN_MS = 60_000;

/** Who had a fix in the circle between two moments; each of them is told that somebody looked. */
export async function workersNear(
  { at, meters }: { at: readonly [longitude: number, latitude: number]; meters: number },
  span: { from: number; to: number },
  why: Why,
): Promise<NearbyWorkers> {
  const query = new URLSearchParams({
    near: `${at[0].toFixed(6)},${at[1].toFixed(6)},${meters}`,
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
