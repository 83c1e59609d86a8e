/**
 * Tracks as `TrackCodec` version 1 writes them, read into typed arrays: no object for each fix, no big integers. Runs in a worker
 * (trackDecoder.worker.ts), and anywhere else.
 */

/** The columns of many segments one after another, in the units of the bytes; see TrackColumns for their meaning. */
export interface FixColumns {
  at: Float64Array;
  longitudeE7: Int32Array;
  latitudeE7: Int32Array;
  speed: Uint16Array;
  heading: Uint16Array;
  accuracy: Uint16Array;
  altitude: Int16Array;
  battery: Uint8Array;
  flags: Uint8Array;
  device: Int32Array;
}

/** What a chunk's segments hold: segment n is fixes starts[n] to starts[n + 1] of the columns, of worker slots[n]. */
export interface DecodedSegments {
  columns: FixColumns;
  slots: Uint32Array;
  starts: Uint32Array;
}

const VERSION = 1;
/** The codec's own limit: a larger count is damage. */
const MAX_COUNT = 1_000_000;
/** What one chunk may hold; the server sends far less. */
const MAX_CHUNK_FIXES = 8_000_000;
const CONSTANT = 0;
const PLAIN = 1;
const RUNS = 2;

/** The bytes are damaged or of a version this page does not know. */
export class DamagedTrack extends Error {}

export function allocate(count: number): FixColumns {
  return {
    at: new Float64Array(count),
    longitudeE7: new Int32Array(count),
    latitudeE7: new Int32Array(count),
    speed: new Uint16Array(count),
    heading: new Uint16Array(count),
    accuracy: new Uint16Array(count),
    altitude: new Int16Array(count),
    battery: new Uint8Array(count),
    flags: new Uint8Array(count),
    device: new Int32Array(count),
  };
}

/** @param bytes each u32 length (little-endian) and a track */
export function decodeSegments(bytes: Uint8Array): DecodedSegments {
  const bounds: number[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reader = new TrackReader(bytes);
  let count = 0;
  const starts: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (at + 4 > bytes.length) throw new DamagedTrack("A segment's length is cut off.");
    const from = at + 4;
    at = from + view.getUint32(at, true);
    if (at > bytes.length) throw new DamagedTrack("A segment is cut off.");
    bounds.push(from, at);
    starts.push(count);
    count += reader.count(from, at);
    if (count > MAX_CHUNK_FIXES) throw new DamagedTrack(`A chunk of more than ${MAX_CHUNK_FIXES} fixes.`);
  }
  const columns = allocate(count);
  const slots = new Uint32Array(starts.length);
  starts.forEach((start, i) => {
    slots[i] = reader.read(bounds[2 * i], bounds[2 * i + 1], columns, start);
  });
  return { columns, slots, starts: Uint32Array.from([...starts, count]) };
}

/**
 * Reads tracks out of one array of bytes. Numbers of up to 28 bits, which nearly all are, take integer arithmetic; longer ones, which
 * JavaScript's integers do not hold, are put together as doubles, exact to 2^53.
 */
class TrackReader {
  private at = 0;
  private end = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** Fixes of the track at a place. */
  count(from: number, end: number): number {
    this.at = from;
    this.end = end;
    if (from >= end || this.bytes[this.at++] !== VERSION) throw new DamagedTrack(`Not a track of version ${VERSION}.`);
    const count = this.unsigned();
    if (count === 0 || count > MAX_COUNT) throw new DamagedTrack(`A track of ${count} fixes.`);
    return count;
  }

  /** Decodes a track into the columns from `start` on. @returns its worker number */
  read(from: number, end: number, to: FixColumns, start: number): number {
    const count = this.count(from, end);
    const stop = start + count;
    const worker = this.unsigned();
    if (worker > 2147483647) throw new DamagedTrack(`A track of worker ${worker}.`);
    const first = unzigzag(this.unsigned());
    const unit = this.unsigned();
    this.times(to.at, start, stop, first, unit);
    this.column(to.longitudeE7, start, stop, -2147483648, 2147483647);
    this.column(to.latitudeE7, start, stop, -2147483648, 2147483647);
    this.column(to.speed, start, stop, 0, 65535);
    this.column(to.heading, start, stop, 0, 65535);
    this.column(to.accuracy, start, stop, 0, 65535);
    this.column(to.altitude, start, stop, -32768, 32767);
    this.column(to.battery, start, stop, 0, 255);
    this.column(to.flags, start, stop, 0, 255);
    this.column(to.device, start, stop, -2147483648, 2147483647);
    return worker;
  }

  /** Differences of differences, in units. */
  private times(to: Float64Array, start: number, stop: number, first: number, unit: number): void {
    const form = this.form();
    let step = unzigzag(this.unsigned());
    let time = first + step * unit;
    to[start] = time;
    if (form === PLAIN) {
      for (let i = start + 1; i < stop; i++) {
        step += unzigzag(this.unsigned());
        if (step < 0) throw new DamagedTrack("A track's times go back.");
        to[i] = time += step * unit;
      }
    } else {
      for (let i = start + 1; i < stop; ) {
        const runEnd = form === RUNS ? this.runEnd(i, stop) : stop;
        const change = form === RUNS ? unzigzag(this.unsigned()) : 0;
        if (change === 0) {
          const length = step * unit;
          for (; i < runEnd; i++) to[i] = time += length;
        } else {
          for (; i < runEnd; i++) {
            step += change;
            if (step < 0) throw new DamagedTrack("A track's times go back.");
            to[i] = time += step * unit;
          }
        }
      }
    }
    if (!Number.isSafeInteger(time)) throw new DamagedTrack("A track's times leave their range.");
  }

  private column(to: IntegerArray, start: number, stop: number, least: number, most: number): void {
    const form = this.form();
    let value = unzigzag(this.unsigned());
    let low = value;
    let high = value;
    to[start] = value;
    if (form === CONSTANT) to.fill(value, start + 1, stop);
    else if (form === PLAIN) {
      const { bytes, end } = this;
      let { at } = this;
      for (let i = start + 1; i < stop; i++) {
        // One byte, then two, is what nearly all differences take: read here, without a call.
        const one = bytes[at];
        if (one < 0x80 && at < end) {
          at++;
          value += (one >>> 1) ^ -(one & 1);
        } else if (at + 1 < end && bytes[at + 1] < 0x80) {
          const two = (one & 0x7f) | (bytes[at + 1] << 7);
          at += 2;
          value += (two >>> 1) ^ -(two & 1);
        } else {
          this.at = at;
          value += unzigzag(this.unsigned());
          at = this.at;
        }
        if (value < low) low = value;
        else if (value > high) high = value;
        to[i] = value;
      }
      this.at = at;
    } else {
      for (let i = start + 1; i < stop; ) {
        const runEnd = this.runEnd(i, stop);
        const change = unzigzag(this.unsigned());
        if (change === 0) {
          to.fill(value, i, runEnd);
          i = runEnd;
        } else for (; i < runEnd; i++) to[i] = value += change;
        if (value < low) low = value;
        else if (value > high) high = value;
      }
    }
    if (!(low >= least && high <= most)) throw new DamagedTrack("A column of the track leaves its range.");
  }

  private form(): number {
    if (this.at >= this.end) throw new DamagedTrack("A column is missing.");
    const form = this.bytes[this.at++];
    if (form > RUNS) throw new DamagedTrack(`A column of form ${form}.`);
    return form;
  }

  private runEnd(from: number, stop: number): number {
    const length = this.unsigned();
    if (length === 0 || length > stop - from) throw new DamagedTrack("A run is longer than its column.");
    return from + length;
  }

  private unsigned(): number {
    const { bytes, end } = this;
    let { at } = this;
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      if (at >= end) throw new DamagedTrack("The bytes end within a number.");
      const next = bytes[at++];
      value |= (next & 0x7f) << shift;
      if (next < 0x80) {
        this.at = at;
        return value;
      }
    }
    for (let scale = 2 ** 28; ; scale *= 128) {
      if (at >= end) throw new DamagedTrack("The bytes end within a number.");
      const next = bytes[at++];
      value += (next & 0x7f) * scale;
      if (value > Number.MAX_SAFE_INTEGER) throw new DamagedTrack("A number has more than 53 bits.");
      if (next < 0x80) {
        this.at = at;
        return value;
      }
    }
  }
}

type IntegerArray = Int32Array | Uint16Array | Int16Array | Uint8Array;

function unzigzag(value: number): number {
  if (value <= 2147483647) return (value >>> 1) ^ -(value & 1);
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
