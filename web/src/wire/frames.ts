import type { WallFrame, WallName } from "./contracts.gen";

/** A frame as it leaves the hub protocol: bins are bytes over MessagePack and base64 over JSON; int64 may come as bigint. */
export interface WireFrame {
  epoch: string;
  tick: number | bigint;
  time: number | bigint;
  full: boolean;
  count: number;
  records: Uint8Array | string | null;
  names?: WallName[] | null;
  counts?: Uint8Array | string | null;
  crowded: boolean;
}

export function fromWire(frame: WireFrame): WallFrame {
  return {
    epoch: frame.epoch,
    tick: Number(frame.tick),
    time: Number(frame.time),
    full: frame.full === true,
    count: frame.count ?? 0,
    records: bytes(frame.records) ?? new Uint8Array(0),
    names: frame.names ?? null,
    counts: bytes(frame.counts),
    crowded: frame.crowded === true,
  };
}

function bytes(bin: Uint8Array | string | null | undefined): Uint8Array | null {
  if (bin === null || bin === undefined) return null;
  if (typeof bin !== "string") return bin;
  return Uint8Array.from(atob(bin), (char) => char.charCodeAt(0));
}
