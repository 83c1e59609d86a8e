import { TrackPlayer } from "../src/state/playback/player";
import { allocate, decodeSegments, type FixColumns } from "../src/wire/trackBytes";
import { WorkerDecoder } from "../src/wire/trackDecoder";
import { TrackAnswer, type TracksFeed } from "../src/wire/tracksFeed";
import type { TestFix } from "../src/wire/trackTesting";
import { chunksOf, hourOf, request } from "./trackWorld";
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

/** JSON texts hold so many workers' fixes: a text of all of them would be longer than browsers take. */
const WORKERS_A_TEXT = 60;
const SLICE_MS = 5 * 60_000;

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
async function load(chunks: ReturnType<typeof chunksOf>): Promise<{ ms: number; frame: number; task: number }> {
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
  let frame = 0;
  let last = performance.now();
  let request_ = requestAnimationFrame(function look(at) {
    frame = Math.max(frame, at - last);
    last = at;
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

window.tracks = async (workers, rounds) => {
  const all = Array.from({ length: workers }, (_, slot) => hourOf(slot));
  const chunks = chunksOf(all, SLICE_MS);
  const packed: number[] = [];
  const parse: number[] = [];
  const json: number[] = [];
  let chars = 0;
  for (let round = 0; round < rounds; round++) {
    let sum = 0;
    for (const chunk of chunks) sum += timed(() => decodeSegments(chunk.segments));
    packed.push(sum);
    let parsed = 0;
    let columns = 0;
    chars = 0;
    for (let from = 0; from < workers; from += WORKERS_A_TEXT) {
      const text = JSON.stringify(all.slice(from, from + WORKERS_A_TEXT).flat());
      chars += text.length;
      parsed += timed(() => JSON.parse(text));
      columns += timed(() => fromJson(text));
    }
    parse.push(parsed);
    json.push(columns);
  }
  const loads: Awaited<ReturnType<typeof load>>[] = [];
  for (let round = 0; round < rounds; round++) loads.push(await load(chunks));
  return {
    fixes: all.reduce((sum, track) => sum + track.length, 0),
    bytes: chunks.reduce((sum, chunk) => sum + chunk.segments.length, 0),
    chars,
    packed: median(packed),
    parse: median(parse),
    json: median(json),
    loaded: median(loads.map(({ ms }) => ms)),
    longestFrame: median(loads.map(({ frame }) => frame)),
    longestTask: median(loads.map(({ task }) => task)),
  };
};
