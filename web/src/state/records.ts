/** Byte layout of a wall frame's records; the source is CommandCenter.Contracts/Wall/WallRecord.cs. */

export const RECORD_SIZE = 16;
export const COUNT_SIZE = 24;

/** How a worker is reached right now: the low three bits of a record's state byte. */
export const Presence = { Gone: 0, OffDuty: 1, Lost: 2, Stale: 3, Still: 4, Moving: 5 } as const;
export type Presence = (typeof Presence)[keyof typeof Presence];

/** Names used in message catalogues, test ids and the debug hooks, by presence. */
export const presenceNames = ["gone", "offDuty", "lost", "stale", "still", "moving"] as const;

export const Flag = { HeadingKnown: 0x08, Mock: 0x10, Inaccurate: 0x20, Stranger: 0x40, NoPosition: 0x80 } as const;

export const presenceOf = (state: number): Presence => Math.min(state & 7, Presence.Moving) as Presence;

/** Roles as columns hold them: 0 until the name of the slot is known. */
export const roleNames = ["unknown", "gridLeader", "gridWorker", "auxiliary", "reserve"] as const;

export function roleNumber(role: string): number {
  return Math.max(
    0,
    roleNames.findIndex((name) => name === role),
  );
}

/** One worker record, decoded; only for tests and debugging, the store reads columns straight from the bytes. */
export interface WorkerRecord {
  slot: number;
  longitudeE7: number;
  latitudeE7: number;
  heading: number;
  speed: number;
  state: number;
  age: number;
}

export function readRecord(bytes: Uint8Array, index: number): WorkerRecord {
  const view = new DataView(bytes.buffer, bytes.byteOffset + index * RECORD_SIZE, RECORD_SIZE);
  return {
    slot: view.getUint32(0, true),
    longitudeE7: view.getInt32(4, true),
    latitudeE7: view.getInt32(8, true),
    heading: view.getUint8(12),
    speed: view.getUint8(13),
    state: view.getUint8(14),
    age: view.getUint8(15),
  };
}

/** Inverse of {@link readRecord}, for tests and the development server. */
export function writeRecord(bytes: Uint8Array, index: number, record: WorkerRecord): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset + index * RECORD_SIZE, RECORD_SIZE);
  view.setUint32(0, record.slot, true);
  view.setInt32(4, record.longitudeE7, true);
  view.setInt32(8, record.latitudeE7, true);
  view.setUint8(12, record.heading);
  view.setUint8(13, record.speed);
  view.setUint8(14, record.state);
  view.setUint8(15, record.age);
}
