import type { FixColumns } from "./trackBytes";

/** Writes tracks as the server's TrackCodec does, for tests and benchmarks; nothing of the page imports this. */
const ORDER = [
  "longitudeE7",
  "latitudeE7",
  "speed",
  "heading",
  "accuracy",
  "altitude",
  "battery",
  "flags",
  "device",
] as const satisfies (keyof FixColumns)[];

export interface TestFix {
  at: number;
  longitudeE7: number;
  latitudeE7: number;
  speed: number;
  heading: number;
  accuracy: number;
  altitude: number;
  battery: number;
  flags: number;
  device: number;
}

export function fix(at: number, with_: Partial<TestFix> = {}): TestFix {
  return {
    at,
    longitudeE7: 1125600000,
    latitudeE7: 378600000,
    speed: 120,
    heading: 900,
    accuracy: 80,
    altitude: 780,
    battery: 66,
    flags: 0,
    device: 7,
    ...with_,
  };
}

/** Segments one after another, each with its length before it. */
export function framed(...tracks: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(tracks.reduce((sum, track) => sum + 4 + track.length, 0));
  let at = 0;
  for (const track of tracks) {
    new DataView(bytes.buffer).setUint32(at, track.length, true);
    bytes.set(track, at + 4);
    at += 4 + track.length;
  }
  return bytes;
}

export function encodeTrack(slot: number, fixes: readonly TestFix[]): Uint8Array {
  const out: number[] = [1];
  const unit = fixes.every((f) => (f.at - fixes[0].at) % 1000 === 0) ? 1000 : 1;
  varint(out, fixes.length);
  varint(out, slot);
  varint(out, zigzag(fixes[0].at));
  varint(out, unit);
  let step = 0;
  let before = fixes[0].at;
  writeColumn(
    out,
    fixes.map((f) => {
      const next = (f.at - before) / unit;
      const change = next - step;
      step = next;
      before = f.at;
      return change;
    }),
  );
  for (const name of ORDER)
    writeColumn(
      out,
      fixes.map((f, i) => f[name] - (i === 0 ? 0 : fixes[i - 1][name])),
    );
  return Uint8Array.from(out);
}

function writeColumn(out: number[], steps: number[]): void {
  const runs: [length: number, value: number][] = [];
  for (const value of steps.slice(1)) {
    const last = runs.at(-1);
    if (last?.[1] === value) last[0]++;
    else runs.push([1, value]);
  }
  const bytes = (value: number) => 1 + Math.floor(Math.log2(Math.max(1, value)) / 7);
  const plain = runs.reduce((sum, [length, value]) => sum + length * bytes(zigzag(value)), 0);
  const packed = runs.reduce((sum, [length, value]) => sum + bytes(length) + bytes(zigzag(value)), 0);
  const form = runs.every(([, value]) => value === 0) ? 0 : packed < plain ? 2 : 1;
  out.push(form);
  varint(out, zigzag(steps[0]));
  if (form === 1) for (const value of steps.slice(1)) varint(out, zigzag(value));
  if (form === 2) {
    for (const [length, value] of runs) {
      varint(out, length);
      varint(out, zigzag(value));
    }
  }
}

const zigzag = (value: number): number => (value >= 0 ? value * 2 : -value * 2 - 1);

function varint(out: number[], value: number): void {
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) out.push((rest % 128) + 128);
  out.push(rest);
}
