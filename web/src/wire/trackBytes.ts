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
/** Bytes of a number. */
const LONGEST = 10;
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
  const wide = new WideColumns(count);
  const slots = new Uint32Array(starts.length);
  starts.forEach((start, i) => {
    slots[i] = reader.read(bounds[2 * i], bounds[2 * i + 1], wide, start);
  });
  return { columns: wide.narrow(), slots, starts: Uint32Array.from([...starts, count]) };
}

/**
 * Columns of one width while they are decoded: the loop over them is compiled once for one kind of array, which makes it several
 * times quicker than one that meets four. They are narrowed at the end, each at a stroke.
 */
class WideColumns {
  readonly at: Float64Array<ArrayBuffer>;
  readonly longitudeE7: Int32Array<ArrayBuffer>;
  readonly latitudeE7: Int32Array<ArrayBuffer>;
  readonly speed: Int32Array;
  readonly heading: Int32Array;
  readonly accuracy: Int32Array;
  readonly altitude: Int32Array;
  readonly battery: Int32Array;
  readonly flags: Int32Array;
  readonly device: Int32Array<ArrayBuffer>;

  constructor(count: number) {
    this.at = new Float64Array(count);
    this.longitudeE7 = new Int32Array(count);
    this.latitudeE7 = new Int32Array(count);
    this.speed = new Int32Array(count);
    this.heading = new Int32Array(count);
    this.accuracy = new Int32Array(count);
    this.altitude = new Int32Array(count);
    this.battery = new Int32Array(count);
    this.flags = new Int32Array(count);
    this.device = new Int32Array(count);
  }

  narrow(): FixColumns {
    const { at, longitudeE7, latitudeE7, device } = this;
    return {
      at,
      longitudeE7,
      latitudeE7,
      speed: new Uint16Array(this.speed),
      heading: new Uint16Array(this.heading),
      accuracy: new Uint16Array(this.accuracy),
      altitude: new Int16Array(this.altitude),
      battery: new Uint8Array(this.battery),
      flags: new Uint8Array(this.flags),
      device,
    };
  }
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
  read(from: number, end: number, to: WideColumns, start: number): number {
    const count = this.count(from, end);
    const stop = start + count;
    const worker = this.unsigned();
    if (worker > 2147483647) throw new DamagedTrack(`A track of worker ${worker}.`);
    const first = unzigzag(this.unsigned());
    const unit = this.unsigned();
    this.times(to.at, start, stop, first, unit);
    this.column(to.longitudeE7, start, stop, 0, 32);
    this.column(to.latitudeE7, start, stop, 0, 32);
    this.column(to.speed, start, stop, 0, 16);
    this.column(to.heading, start, stop, 0, 16);
    this.column(to.accuracy, start, stop, 0, 16);
    this.column(to.altitude, start, stop, -32768, 16);
    this.column(to.battery, start, stop, 0, 8);
    this.column(to.flags, start, stop, 0, 8);
    this.column(to.device, start, stop, 0, 32);
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

  /**
   * Differences of a column whose values lie in [least, least + 2^width). All in 32-bit integers, which is what makes it quick; what
   * left its range on the way is found in bits gathered over the column.
   */
  private column(to: Int32Array, start: number, stop: number, least: number, width: number): void {
    const form = this.form();
    let value = this.leap(0);
    let bits = value - least;
    let overflow = 0;
    to[start] = value;
    if (form === CONSTANT) fill(to, value, start + 1, stop);
    else if (form === PLAIN) {
      const { bytes } = this;
      // Differences of one and two bytes, nearly all, are read here without a call and without a branch on which it is: in a walk
      // they take turns, and a wrong guess costs more than the reading. Only where the longest number could not pass the end.
      const safe = this.end - LONGEST;
      let { at } = this;
      for (let i = start + 1; i < stop; i++) {
        let next = 0;
        const one = at < safe ? bytes[at] : 0x80;
        const more = one >>> 7;
        const two = at < safe ? bytes[at + 1] : 0x80;
        if ((more & (two >>> 7)) === 0) {
          at += 1 + more;
          const number = (one & 0x7f) | ((two << 7) & -more);
          const change = (number >>> 1) ^ -(number & 1);
          next = (value + change) | 0;
          overflow |= (value ^ next) & (change ^ next);
        } else {
          this.at = at;
          next = this.leap(value);
          at = this.at;
        }
        bits |= next - least;
        to[i] = value = next;
      }
      this.at = at;
    } else {
      for (let i = start + 1; i < stop; ) {
        const runEnd = this.runEnd(i, stop);
        const change = unzigzag(this.unsigned());
        if (change === 0) {
          fill(to, value, i, runEnd);
          i = runEnd;
        } else {
          // On a straight way its end says enough; it is looked at before anything is written.
          const last = inRange(value + change * (runEnd - i));
          for (; i < runEnd; i++) {
            value += change;
            to[i] = value;
            bits |= value - least;
          }
          value = last;
        }
      }
    }
    if (overflow < 0 || (width < 32 && bits >>> width !== 0)) {
      throw new DamagedTrack("A column of the track leaves its range.");
    }
  }

  /** The value after a longer difference. */
  private leap(from: number): number {
    return inRange(from + unzigzag(this.unsigned()));
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
    if (at < end && bytes[at] < 0x80) {
      this.at = at + 1;
      return bytes[at];
    }
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

function inRange(value: number): number {
  if (value !== (value | 0)) throw new DamagedTrack("A column of the track leaves its range.");
  return value | 0;
}

/** Short stretches by hand: calling out costs more than a few stores. */
function fill(to: Int32Array, value: number, from: number, end: number): void {
  if (end - from > 64) to.fill(value, from, end);
  else for (let i = from; i < end; i++) to[i] = value;
}

function unzigzag(value: number): number {
  if (value <= 2147483647) return (value >>> 1) ^ -(value & 1);
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
