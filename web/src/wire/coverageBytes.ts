export const MEASURES = ["age", "visits", "dwell", "blind"] as const;
export type Measure = (typeof MEASURES)[number];

/** Codes of squares without a value; a value stands as itself + {@link FIRST_VALUE}. */
export const Code = { outside: 0, notPatrolled: 1, noData: 2 } as const;
export const FIRST_VALUE = 3;
/** Of `age` and `blind`: not visited as far as was looked back. */
export const NEVER = 255;

/** Corners of squares in degrees, every `step` squares: row by row from the south, each from the west. */
export interface Nodes {
  step: number;
  across: number;
  up: number;
  longitudes: Float64Array;
  latitudes: Float64Array;
}

/** The squares of an area with one measure of a window of days, as docs/coverage.md lays them out. */
export interface CoveragePicture {
  /** Metres of a square's side. */
  size: number;
  measure: Measure;
  /** What a value is divided by; 0: stepped seconds, see {@link secondsOf}. */
  unit: number;
  /** Of the plane; 0: none. */
  epsg: number;
  /** Of the south-western square. */
  column: number;
  row: number;
  columns: number;
  rows: number;
  /** Days of the window, and how many of them were reckoned. */
  days: number;
  reckoned: number;
  nodes: Nodes;
  /** Row by row from the south, each from the west. */
  codes: Uint16Array;
}

const DEGREES = 1e-7;
const MOST_SQUARES = 16_000_000;

/** Reads `application/x-coverage`. Throws when the bytes are not what they should be: nothing is painted from half a picture. */
export function decodeCoverage(bytes: Uint8Array): CoveragePicture {
  const read = new Reader(bytes);
  for (const letter of "CCC1") if (read.byte() !== letter.charCodeAt(0)) throw new Error("not a picture of coverage");
  const size = read.varint();
  const measure = MEASURES[read.varint()];
  if (measure === undefined) throw new Error("a measure of a newer server");
  const unit = read.varint();
  const epsg = read.varint();
  const [column, row] = [read.zigzag(), read.zigzag()];
  const [columns, rows] = [read.varint(), read.varint()];
  const [days, reckoned] = [read.varint(), read.varint()];
  const head = { size, measure, unit, epsg, column, row, columns, rows, days, reckoned };
  if (columns === 0 || rows === 0) return { ...head, nodes: noNodes(), codes: new Uint16Array(0) };
  if (columns * rows > MOST_SQUARES) throw new Error("more squares than a district has");
  return { ...head, nodes: readNodes(read, columns, rows), codes: readCodes(read, columns, rows) };
}

/** Seconds of a stepped value: at most an eighth less than what was measured. */
export const secondsOf = (value: number): number => (value < 8 ? value : ((value & 7) + 8) * 2 ** ((value >> 3) - 1));

/** A square's value in its measure's own unit: days, visits a week, seconds. */
export function measuredOf(picture: Pick<CoveragePicture, "unit">, code: number): number {
  const value = code - FIRST_VALUE;
  return picture.unit === 0 ? secondsOf(value) : value / picture.unit;
}

const noNodes = (): Nodes => ({
  step: 1,
  across: 0,
  up: 0,
  longitudes: new Float64Array(0),
  latitudes: new Float64Array(0),
});

function readNodes(read: Reader, columns: number, rows: number): Nodes {
  const step = read.varint();
  if (step === 0) throw new Error("nodes without a step");
  const across = Math.ceil(columns / step) + 1;
  const up = Math.ceil(rows / step) + 1;
  const longitudes = new Float64Array(across * up);
  const latitudes = new Float64Array(across * up);
  let [rowX, rowY] = [0, 0];
  for (let j = 0; j < up; j++) {
    rowX += read.zigzag();
    rowY += read.zigzag();
    let [x, y] = [rowX, rowY];
    for (let i = 0; i < across; i++) {
      if (i > 0) {
        x += read.zigzag();
        y += read.zigzag();
      }
      longitudes[j * across + i] = x * DEGREES;
      latitudes[j * across + i] = y * DEGREES;
    }
  }
  return { step, across, up, longitudes, latitudes };
}

function readCodes(read: Reader, columns: number, rows: number): Uint16Array {
  const codes = new Uint16Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let at = 0; at < columns; ) {
      const t = read.varint();
      const run = t & 1 ? read.varint() + 2 : 1;
      if (at + run > columns) throw new Error("a run goes beyond its row");
      codes.fill(Math.min(t >>> 1, 0xffff), row * columns + at, row * columns + at + run);
      at += run;
    }
  }
  return codes;
}

/** LEB128, low seven bits first; a number stays below 2^53. */
class Reader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  byte(): number {
    if (this.at >= this.bytes.length) throw new Error("the picture ends early");
    return this.bytes[this.at++];
  }

  varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      if (scale > Number.MAX_SAFE_INTEGER) throw new Error("a number too long");
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  }

  zigzag(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}
