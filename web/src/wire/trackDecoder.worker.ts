import { decodeSegments } from "./trackBytes";

/** Decodes off the main thread: bytes in, columns out, moved and not copied either way. */
export interface DecodeJob {
  id: number;
  bytes: Uint8Array;
}

addEventListener("message", ({ data: { id, bytes } }: MessageEvent<DecodeJob>) => {
  try {
    const segments = decodeSegments(bytes);
    const buffers = Object.values(segments.columns).map((column) => column.buffer);
    postMessage({ id, segments }, { transfer: [...buffers, segments.slots.buffer, segments.starts.buffer] });
  } catch (error) {
    postMessage({ id, damage: error instanceof Error ? error.message : String(error) });
  }
});
