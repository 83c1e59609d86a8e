/**
 * Straight pieces of trails in the order they were walked, oldest first, as a shader reads them from a texture of two RGBA
 * texels each: x, y, x, y (mercator units from the origin), then time of the start, of the end (seconds), role number and colour number (0: the usual one).
 * All live equally long, so that those alive are one stretch of the ring: what is new is a small upload, and nothing faded is drawn.
 */
export const SEGMENT_FLOATS = 8;
/** A row of the texture: the unit of uploads. */
export const ROW_SEGMENTS = 1024;
/** Room for 8,700 who walk at the same time; with more the trails get shorter. */
const MOST_ROWS = 256;
const FIRST_ROWS = 8;
/** Long faded on any clock; exact as a float32. */
const NEVER = -1e9;

interface Point {
  x: number;
  y: number;
  at: number;
}

/** Pieces carry serial numbers, by which a worker's own are found again however the ring turns and grows. */
export class SegmentRing {
  /** Whole rows; longer ones take its place as it fills. */
  floats = new Float32Array(FIRST_ROWS * ROW_SEGMENTS * SEGMENT_FLOATS);
  /** Serial number of the oldest live piece, and of the one to come: piece n stands at place n modulo the capacity. */
  private first = 0;
  private next = 0;
  /** Serial number of the same worker's piece before, by place. */
  private earlier = new Float64Array(FIRST_ROWS * ROW_SEGMENTS);
  private readonly dirty = new Uint8Array(MOST_ROWS);

  constructor(private readonly mostRows = MOST_ROWS) {}

  get count(): number {
    return this.next - this.first;
  }

  get rows(): number {
    return this.capacity / ROW_SEGMENTS;
  }

  private get capacity(): number {
    return this.earlier.length;
  }

  /**
   * Adds a piece of a worker's way; the oldest of all gives way when there is no room.
   * @param earlier number of the same worker's piece before it, -1 for none
   * @returns its number
   */
  add(from: Point, to: Point, role: number, earlier: number, tint = 0): number {
    if (this.count === this.capacity) this.makeRoom();
    const place = this.next % this.capacity;
    const at = place * SEGMENT_FLOATS;
    const f = this.floats;
    f[at] = from.x;
    f[at + 1] = from.y;
    f[at + 2] = to.x;
    f[at + 3] = to.y;
    f[at + 4] = from.at;
    f[at + 5] = to.at;
    f[at + 6] = role;
    f[at + 7] = tint;
    this.earlier[place] = earlier;
    this.touch(place);
    return this.next++;
  }

  /** Takes a worker's pieces away, from the newest back. */
  remove(newest: number): void {
    for (let piece = newest; piece >= this.first; piece = this.earlier[piece % this.capacity]) {
      const place = piece % this.capacity;
      this.floats[place * SEGMENT_FLOATS + 4] = NEVER;
      this.floats[place * SEGMENT_FLOATS + 5] = NEVER;
      this.touch(place);
    }
  }

  /** Lets go of what ended before a time. */
  expire(oldest: number): void {
    while (this.first < this.next && this.endOf(this.first) < oldest) this.first++;
  }

  /** Moves all times. */
  shift(seconds: number): void {
    for (let piece = this.first; piece < this.next; piece++) {
      if (this.endOf(piece) === NEVER) continue;
      const at = (piece % this.capacity) * SEGMENT_FLOATS;
      this.floats[at + 4] += seconds;
      this.floats[at + 5] += seconds;
      this.touch(piece % this.capacity);
    }
  }

  clear(): void {
    this.first = this.next;
  }

  /** The places of live pieces, as one or two runs. */
  runs(): { place: number; count: number }[] {
    if (this.count === 0) return [];
    const place = this.first % this.capacity;
    const straight = Math.min(this.count, this.capacity - place);
    const rest = this.count - straight;
    return [{ place, count: straight }, ...(rest > 0 ? [{ place: 0, count: rest }] : [])];
  }

  /** Rows changed since the last call, as runs. */
  drainDirty(): { row: number; rows: number }[] {
    const runs: { row: number; rows: number }[] = [];
    for (let row = 0; row < this.rows; row++) {
      if (this.dirty[row] === 0) continue;
      const last = runs.at(-1);
      if (last && last.row + last.rows === row) last.rows++;
      else runs.push({ row, rows: 1 });
    }
    this.dirty.fill(0);
    return runs;
  }

  private endOf(piece: number): number {
    return this.floats[(piece % this.capacity) * SEGMENT_FLOATS + 5];
  }

  private makeRoom(): void {
    if (this.rows === this.mostRows) {
      this.first++;
      return;
    }
    const { floats, earlier, capacity } = this;
    const size = Math.min(this.mostRows * ROW_SEGMENTS, capacity * 2);
    this.floats = new Float32Array(size * SEGMENT_FLOATS);
    this.earlier = new Float64Array(size);
    for (let piece = this.first; piece < this.next; piece++) {
      const from = (piece % capacity) * SEGMENT_FLOATS;
      this.floats.set(floats.subarray(from, from + SEGMENT_FLOATS), (piece % size) * SEGMENT_FLOATS);
      this.earlier[piece % size] = earlier[piece % capacity];
    }
  }

  private touch(place: number): void {
    this.dirty[Math.floor(place / ROW_SEGMENTS)] = 1;
  }
}
