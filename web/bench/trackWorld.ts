import type { TrackChunk } from "../src/wire/contracts.gen";
import { encodeTrack, fix, framed, type TestFix } from "../src/wire/trackTesting";
import { CENTER } from "./world";

export const START = 1_790_000_000_000;
export const HOUR = 3_600_000;
/** A report each five seconds. */
const EVERY_MS = 5000;

let seed = 11;
const random = (): number => {
  seed = (seed * 16807) % 2147483647;
  return seed / 2147483647;
};

/** One worker's hour: walks, and rests a third of the time with a little drift. */
export function hourOf(slot: number): TestFix[] {
  const fixes: TestFix[] = [];
  let longitude = (CENTER[0] + (random() - 0.5) * 0.16) * 1e7;
  let latitude = (CENTER[1] + (random() - 0.5) * 0.16) * 1e7;
  let heading = random() * 2 * Math.PI;
  const phase = Math.floor(random() * 600);
  for (let at = Math.floor(random() * 5) * 1000; at < HOUR; at += EVERY_MS) {
    const rests = Math.floor((at / 1000 + phase) / 200) % 3 === 0;
    const mps = rests ? 0 : 1 + random();
    heading += (random() - 0.5) * 0.5;
    longitude += Math.sin(heading) * mps * 5 * 114 + (random() - 0.5) * 20;
    latitude += Math.cos(heading) * mps * 5 * 90 + (random() - 0.5) * 20;
    fixes.push(
      fix(START + at, {
        longitudeE7: Math.round(longitude),
        latitudeE7: Math.round(latitude),
        speed: Math.round(mps * 100),
        heading: rests ? 0 : Math.round((((heading * 1800) / Math.PI) % 3600) + 3600) % 3600,
        accuracy: 50 + Math.floor(random() * 100),
        altitude: 780 + Math.floor(random() * 4),
        battery: 90 - Math.floor(at / 240_000),
        device: slot + 1,
      }),
    );
  }
  return fixes;
}

/** As many workers' hours as fill a chunk of the server's 256 KB. */
const WORKERS_A_CHUNK = 42;

/** The answer as the server streams it, chunk by chunk: whole hours, worker by worker; the last chunk has the end. With the fixes it was made of. */
export function* answerOf(workers: number): Generator<{ chunk: TrackChunk; fixes: TestFix[] }> {
  let sent = 0;
  for (let first = 0; first < workers; first += WORKERS_A_CHUNK) {
    const slots = Array.from({ length: Math.min(WORKERS_A_CHUNK, workers - first) }, (_, i) => first + i);
    const tracks = slots.map(hourOf);
    const fixes = tracks.flat();
    sent += fixes.length;
    const isLast = first + WORKERS_A_CHUNK >= workers;
    const chunk: TrackChunk = {
      names: slots.map((slot) => ({ slot, worker: `W${slot}`, name: `W${slot}`, role: "gridWorker", area: "1" })),
      segments: framed(...tracks.map((track, i) => encodeTrack(slots[i], track))),
      sentUntil: isLast ? START + HOUR : START,
      end: isLast ? { complete: START + HOUR, workers, fixes: sent, outside: 0, unreadable: 0 } : null,
    };
    yield { chunk, fixes };
  }
}

/** A feed that has the answer already. */
export const request = { area: "1", from: START, to: START + HOUR, reason: "bench" };
