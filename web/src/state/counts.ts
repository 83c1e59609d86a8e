import { COUNT_SIZE } from "./records";

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
    for (let at = 0; at + COUNT_SIZE <= bytes.byteLength; at += COUNT_SIZE) {
      this.byArea.set(view.getUint32(at, true), {
        onDuty: view.getUint32(at + 4, true),
        moving: view.getUint32(at + 8, true),
        still: view.getUint32(at + 12, true),
        stale: view.getUint32(at + 16, true),
        lost: view.getUint32(at + 20, true),
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
