import { Presence, RecordFlags, WALL_RECORD, type WallFrame } from "../src/wire/contracts.gen";

/** Where the made-up workers walk. */
export const CENTER: [longitude: number, latitude: number] = [112.6, 37.84];
const SPREAD = 0.08;
const STEP = 0.00002;

let seed = 7;
const random = (): number => {
  seed = (seed * 16807) % 2147483647;
  return seed / 2147483647;
};

/** Workers who all walk: each frame moves the asked-for share of them a few metres. */
export class World {
  private readonly longitude: Float64Array;
  private readonly latitude: Float64Array;
  private readonly heading: Float64Array;
  private tick = 0;

  constructor(readonly size: number) {
    this.longitude = Float64Array.from({ length: size }, () => CENTER[0] + (random() - 0.5) * SPREAD);
    this.latitude = Float64Array.from({ length: size }, () => CENTER[1] + (random() - 0.5) * SPREAD);
    this.heading = Float64Array.from({ length: size }, () => random() * 2 * Math.PI);
  }

  /** @param every one worker in so many has moved; 1 moves all */
  frame(every: number, time: number): WallFrame {
    const first = this.tick % every;
    const count = Math.ceil((this.size - first) / every);
    const records = new Uint8Array(count * WALL_RECORD.size);
    const view = new DataView(records.buffer);
    for (let i = 0, slot = first; i < count; i++, slot += every) this.write(view, i * WALL_RECORD.size, slot);
    this.tick++;
    return {
      epoch: "bench",
      tick: this.tick,
      time,
      full: this.tick === 1,
      count,
      records,
      names: null,
      counts: null,
      crowded: false,
    };
  }

  private write(view: DataView, at: number, slot: number): void {
    this.heading[slot] += (random() - 0.5) * 0.5;
    this.longitude[slot] += Math.sin(this.heading[slot]) * STEP;
    this.latitude[slot] += Math.cos(this.heading[slot]) * STEP;
    view.setUint32(at, slot + 1, true);
    view.setInt32(at + WALL_RECORD.longitudeE7, Math.round(this.longitude[slot] * 1e7), true);
    view.setInt32(at + WALL_RECORD.latitudeE7, Math.round(this.latitude[slot] * 1e7), true);
    view.setUint8(at + WALL_RECORD.heading, (this.heading[slot] * 256) / (2 * Math.PI));
    view.setUint8(at + WALL_RECORD.speed, 6);
    view.setUint8(at + WALL_RECORD.state, Presence.moving | RecordFlags.headingKnown);
    view.setUint8(at + WALL_RECORD.age, slot % 30);
  }
}
