import { AREA_COUNT_RECORD as AT } from "../wire/contracts.gen";

/** Head counts of one area. Online is moving plus still. */
export interface Heads {
  onDuty: number;
  moving: number;
  still: number;
  stale: number;
  lost: number;
}

/** Newest head counts by area id, from 24-byte records: six little-endian u32. */
export class AreaCounts {
  private readonly byArea = new Map<number, Heads>();
  /** Grows with every change, so that a view can tell whether it must redraw. */
  version = 0;

  apply(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + AT.size <= bytes.byteLength; at += AT.size) {
      this.byArea.set(view.getUint32(at + AT.areaId, true), {
        onDuty: view.getUint32(at + AT.onDuty, true),
        moving: view.getUint32(at + AT.moving, true),
        still: view.getUint32(at + AT.still, true),
        stale: view.getUint32(at + AT.stale, true),
        lost: view.getUint32(at + AT.lost, true),
      });
    }
    this.version++;
  }

  of(areaId: number): Heads | undefined {
    return this.byArea.get(areaId);
  }

  clear(): void {
    this.byArea.clear();
    this.version++;
  }
}

export const online = (heads: Heads): number => heads.moving + heads.still;
