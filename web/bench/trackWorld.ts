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

/** The answer for so many workers: slices of time with everybody in each, as the server streams them. */
export function chunksOf(all: readonly TestFix[][], sliceMs: number): TrackChunk[] {
  const chunks: TrackChunk[] = [];
  for (let from = START; from < START + HOUR; from += sliceMs) {
    const tracks = all.map((fixes, slot) => ({
      slot,
      part: fixes.filter((f) => f.at >= from && f.at < from + sliceMs),
    }));
    const names = all.map((_, slot) => ({
      slot,
      worker: `W${slot}`,
      name: `W${slot}`,
      role: "gridWorker" as const,
      area: "1",
    }));
    chunks.push({
      names: from === START ? names : null,
      segments: framed(
        ...tracks.filter(({ part }) => part.length > 0).map(({ slot, part }) => encodeTrack(slot, part)),
      ),
      sentUntil: from + sliceMs,
      end: null,
    });
  }
  const fixes = all.reduce((sum, track) => sum + track.length, 0);
  chunks[chunks.length - 1].end = { complete: START + HOUR, workers: all.length, fixes, outside: 0 };
  return chunks;
}

/** A feed that has the answer already. */
export const request = { area: "1", from: START, to: START + HOUR, reason: "bench" };
