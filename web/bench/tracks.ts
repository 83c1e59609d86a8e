import { TrackPlayer } from "../src/state/playback/player";
import type { TrackChunk } from "../src/wire/contracts.gen";
import { allocate, decodeSegments, type FixColumns } from "../src/wire/trackBytes";
import { WorkerDecoder } from "../src/wire/trackDecoder";
import { TrackAnswer, type TracksFeed } from "../src/wire/tracksFeed";
import type { TestFix } from "../src/wire/trackTesting";
import { answerOf, request } from "./trackWorld";
import { CENTER } from "./world";

export interface TrackFigures {
  fixes: number;
  bytes: number;
  chars: number;
  /** Ms of decoding everything here, by our decoder and from JSON text, alone and into the same columns. */
  packed: number;
  parse: number;
  json: number;
  /** Ms by the clock from the first chunk to the whole book, by way of the worker; the longest frame and task meanwhile. */
  loaded: number;
  longestFrame: number;
  longestTask: number;
}

declare global {
  interface Window {
    tracks?: (workers: number, rounds: number) => Promise<TrackFigures>;
  }
}

function fromJson(text: string): FixColumns {
  const all = JSON.parse(text) as TestFix[];
  const columns = allocate(all.length);
  for (let i = 0; i < all.length; i++) {
    const f = all[i];
    columns.at[i] = f.at;
    columns.longitudeE7[i] = f.longitudeE7;
    columns.latitudeE7[i] = f.latitudeE7;
    columns.speed[i] = f.speed;
    columns.heading[i] = f.heading;
    columns.accuracy[i] = f.accuracy;
    columns.altitude[i] = f.altitude;
    columns.battery[i] = f.battery;
    columns.flags[i] = f.flags;
    columns.device[i] = f.device;
  }
  return columns;
}

function timed(act: () => void): number {
  const start = performance.now();
  act();
  return performance.now() - start;
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1];

/** The whole way of a page: the worker decodes, the book takes over in short turns. */
async function load(chunks: readonly TrackChunk[]): Promise<{ ms: number; frame: number; task: number }> {
  const decoder = new WorkerDecoder();
  const feed: TracksFeed = {
    read(_, events) {
      const answer = new TrackAnswer(decoder, events);
      for (const chunk of chunks) answer.take(chunk);
      return () => answer.stop();
    },
    dispose: () => decoder.dispose(),
  };
  const player = new TrackPlayer({ origin: CENTER, feed: () => feed });
  let task = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) task = Math.max(task, entry.duration);
  });
  observer.observe({ type: "longtask" });
  await quiet();
  let frame = 0;
  let last = performance.now();
  let request_ = requestAnimationFrame(function look(at) {
    const now = performance.now();
    frame = Math.max(frame, now - last);
    last = now;
    player.frame(at);
    request_ = requestAnimationFrame(look);
  });
  const start = performance.now();
  await new Promise<void>((resolve) => {
    player.onChange(() => player.book.progress === 1 && !player.loading && resolve());
    player.load({ sets: [{ request }] });
    player.clock.play(60);
  });
  const ms = performance.now() - start;
  cancelAnimationFrame(request_);
  observer.disconnect();
  player.dispose();
  return { ms, frame, task };
}

/** Two pictures and a moment later: what went before has been paid for. */
const quiet = async (): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, 500));
  for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
};

window.tracks = async (workers, rounds) => {
  const times: { packed: number; parse: number; json: number }[] = [];
  let chunks: TrackChunk[] = [];
  let [fixes, bytes, chars] = [0, 0, 0];
  for (let round = 0; round < rounds; round++) {
    const sum = { packed: 0, parse: 0, json: 0 };
    chunks = [];
    [fixes, bytes, chars] = [0, 0, 0];
    // Made and forgotten chunk by chunk: a page full of the bench's own objects would measure the collector.
    for (const { chunk, fixes: some } of answerOf(workers)) {
      const text = JSON.stringify(some);
      sum.packed += timed(() => decodeSegments(chunk.segments));
      sum.parse += timed(() => JSON.parse(text));
      sum.json += timed(() => fromJson(text));
      chunks.push(chunk);
      fixes += some.length;
      bytes += chunk.segments.length;
      chars += text.length;
    }
    times.push(sum);
  }
  const loads: Awaited<ReturnType<typeof load>>[] = [];
  for (let round = 0; round < rounds; round++) loads.push(await load(chunks));
  return {
    fixes,
    bytes,
    chars,
    packed: median(times.map(({ packed }) => packed)),
    parse: median(times.map(({ parse }) => parse)),
    json: median(times.map(({ json }) => json)),
    loaded: median(loads.map(({ ms }) => ms)),
    longestFrame: median(loads.map(({ frame }) => frame)),
    longestTask: median(loads.map(({ task }) => task)),
  };
};
