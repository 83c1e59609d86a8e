import type { DecodedSegments } from "./trackBytes";
import { DamagedTrack } from "./trackBytes";

/** Decodes the segments of chunks, in the order asked. */
export interface TrackDecoder {
  decode(bytes: Uint8Array): Promise<DecodedSegments>;
  dispose(): void;
}

interface Waiting {
  resolve(segments: DecodedSegments): void;
  reject(error: Error): void;
}

type Reply = { id: number; segments?: DecodedSegments; damage?: string };

/** The decoder of a page: a worker of its own, so that no chunk holds up a frame. */
export class WorkerDecoder implements TrackDecoder {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private next = 0;

  constructor() {
    this.worker = new Worker(new URL("./trackDecoder.worker.ts", import.meta.url), { type: "module" });
    this.worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
      const asked = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      if (data.segments) asked?.resolve(data.segments);
      else asked?.reject(new DamagedTrack(data.damage ?? "unreadable"));
    });
    this.worker.addEventListener("error", (event) =>
      this.fail(new Error(event.message || "The decoder did not start.")),
    );
  }

  decode(bytes: Uint8Array): Promise<DecodedSegments> {
    const id = this.next++;
    // A view's whole message would travel along: its own part is cut out once, and then moved.
    const own = bytes.slice();
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, bytes: own }, [own.buffer]);
    });
  }

  dispose(): void {
    this.worker.terminate();
    this.fail(new Error("The decoder was ended."));
  }

  private fail(error: Error): void {
    const all = [...this.waiting.values()];
    this.waiting.clear();
    for (const asked of all) asked.reject(error);
  }
}
