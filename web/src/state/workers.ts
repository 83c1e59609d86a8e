import {
  Presence,
  RecordFlags,
  WALL_AGE_SECONDS,
  WALL_RECORD,
  type WallFrame,
  type WallName,
} from "../wire/contracts.gen";
import { presenceOf, roleNumber } from "./records";

/** True when a name can be read as what was typed. */
export type NameReader = (name: string, typed: string) => boolean;

/** Slots are serial numbers of the roster; one beyond this is a damaged frame, not a worker. */
const MAX_SLOT = 4_000_000;

/** Slots that changed, each once. */
export type Changed = ArrayLike<number>;

/**
 * The workers in view, one column per property, indexed by slot. Who a slot is outlives its position:
 * a worker who leaves the view and comes back is not named again.
 */
export class WorkerStore {
  longitudeE7 = new Int32Array(1024);
  latitudeE7 = new Int32Array(1024);
  heading = new Uint8Array(1024);
  speed = new Uint8Array(1024);
  state = new Uint8Array(1024);
  role = new Uint8Array(1024);
  /** Server time of the newest fix in ms since 1970, NaN when unknown. */
  fixAt = new Float64Array(1024).fill(Number.NaN);
  readonly who: (WallName | undefined)[] = [];
  /** One more than the highest slot ever used: columns are valid below it. */
  length = 0;
  /** Workers on the picture now (present and not off duty). */
  shown = 0;
  /** Records that were cut short or named an impossible slot. */
  damaged = 0;

  private readonly slots = new Map<string, number>();
  /** Filled in turns: what was handed out stays as it is until the next time. */
  private changed = new Uint32Array(1024);
  private drained = new Uint32Array(1024);
  private changes = 0;
  private isChanged = new Uint8Array(1024);

  /** Takes over a frame; a full one forgets every position first. */
  apply(frame: WallFrame): void {
    if (frame.full || frame.crowded) this.clearPositions();
    if (frame.names) for (const name of frame.names) this.name(name);
    const bytes = frame.records;
    const count = Math.min(frame.count, Math.floor(bytes.byteLength / WALL_RECORD.size));
    if (count < frame.count) this.damaged += frame.count - count;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let i = 0, at = 0; i < count; i++, at += WALL_RECORD.size) {
      const slot = view.getUint32(at, true);
      if (slot >= MAX_SLOT) {
        this.damaged++;
        continue;
      }
      this.reserve(slot);
      const before = this.state[slot];
      const state = view.getUint8(at + WALL_RECORD.state);
      this.longitudeE7[slot] = view.getInt32(at + WALL_RECORD.longitudeE7, true);
      this.latitudeE7[slot] = view.getInt32(at + WALL_RECORD.latitudeE7, true);
      this.heading[slot] = view.getUint8(at + WALL_RECORD.heading);
      this.speed[slot] = view.getUint8(at + WALL_RECORD.speed);
      this.state[slot] = state;
      const age = view.getUint8(at + WALL_RECORD.age);
      this.fixAt[slot] = this.fixTime(slot, before, frame.time, age);
      this.shown += (isShown(state) ? 1 : 0) - (isShown(before) ? 1 : 0);
      this.touch(slot);
    }
  }

  /** Slots changed since the last call, each once; valid until the next call. */
  drainChanged(): Uint32Array {
    const { changed, changes } = this;
    for (let i = 0; i < changes; i++) this.isChanged[changed[i]] = 0;
    this.changed = this.drained;
    this.drained = changed;
    this.changes = 0;
    return changed.subarray(0, changes);
  }

  slotOf(worker: string): number | undefined {
    return this.slots.get(worker);
  }

  /**
   * Workers whose name or code holds the text, those on the picture first, at most `limit`.
   * @param reads whether a name reads as the text in pinyin
   */
  search(text: string, limit: number, reads: NameReader | null = null): WallName[] {
    const wanted = text.trim().toLowerCase();
    if (!wanted) return [];
    const shown: WallName[] = [];
    const others: WallName[] = [];
    for (let slot = 0; slot < this.length && shown.length < limit; slot++) {
      const who = this.who[slot];
      if (!who) continue;
      const { name } = who;
      const hit = who.worker.toLowerCase().includes(wanted) || name?.toLowerCase().includes(wanted);
      if (hit || (name && reads?.(name, wanted))) {
        if (this.isShown(slot)) shown.push(who);
        else if (others.length < limit) others.push(who);
      }
    }
    return [...shown, ...others].slice(0, limit);
  }

  /** True when the slot is on the picture: on duty and located at least once. */
  isShown(slot: number): boolean {
    return slot < this.length && isShown(this.state[slot]);
  }

  presence(slot: number): Presence {
    return slot < this.length ? presenceOf(this.state[slot]) : Presence.gone;
  }

  /** Metres per second, in steps of 0.25. */
  speedMps(slot: number): number {
    return this.speed[slot] / 4;
  }

  /** Degrees clockwise from north; null when the phone did not say. */
  headingDegrees(slot: number): number | null {
    return this.state[slot] & RecordFlags.headingKnown ? (this.heading[slot] * 360) / 256 : null;
  }

  clearPositions(): void {
    for (let slot = 0; slot < this.length; slot++) {
      if (this.state[slot] !== 0) {
        this.state[slot] = 0;
        this.touch(slot);
      }
    }
    this.shown = 0;
  }

  /**
   * The byte rounds ages down, coarsely from two minutes on, so a record that changed for another reason would make an
   * old fix look newer: the time known before is kept while it still encodes to the same byte.
   */
  private fixTime(slot: number, before: number, time: number, age: number): number {
    const seconds = WALL_AGE_SECONDS[age];
    if (seconds === null) return Number.NaN;
    const at = time - seconds * 1000;
    const known = this.fixAt[slot];
    const step = age < 128 ? 1000 : age < 188 ? 60_000 : 3_600_000;
    return presenceOf(before) !== Presence.gone && known <= at && at - known < step ? known : at;
  }

  private name(name: WallName): void {
    const slot = name.slot;
    if (slot < 0 || slot >= MAX_SLOT) {
      this.damaged++;
      return;
    }
    this.reserve(slot);
    const old = this.who[slot];
    if (old && old.worker !== name.worker) this.slots.delete(old.worker);
    this.who[slot] = name;
    this.slots.set(name.worker, slot);
    this.role[slot] = roleNumber(name.role);
    this.touch(slot);
  }

  private touch(slot: number): void {
    if (this.isChanged[slot]) return;
    this.isChanged[slot] = 1;
    this.changed[this.changes++] = slot;
  }

  private reserve(slot: number): void {
    if (slot >= this.length) this.length = slot + 1;
    if (slot < this.state.length) return;
    const size = 2 ** Math.ceil(Math.log2(slot + 1));
    this.longitudeE7 = grown(this.longitudeE7, new Int32Array(size));
    this.latitudeE7 = grown(this.latitudeE7, new Int32Array(size));
    this.heading = grown(this.heading, new Uint8Array(size));
    this.speed = grown(this.speed, new Uint8Array(size));
    this.state = grown(this.state, new Uint8Array(size));
    this.role = grown(this.role, new Uint8Array(size));
    this.fixAt = grown(this.fixAt, new Float64Array(size).fill(Number.NaN));
    this.isChanged = grown(this.isChanged, new Uint8Array(size));
    this.changed = grown(this.changed, new Uint32Array(size));
    this.drained = new Uint32Array(size);
  }
}

function isShown(state: number): boolean {
  return (state & 7) > Presence.offDuty && (state & RecordFlags.noPosition) === 0;
}

function grown<T extends Int32Array | Uint32Array | Uint8Array | Float64Array>(from: T, to: T): T {
  to.set(from as never);
  return to;
}
