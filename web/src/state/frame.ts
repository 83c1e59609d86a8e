/** A wall frame as the wire hands it to the state: bytes are bytes, whatever the hub protocol was. */
export interface Frame {
  epoch: string;
  tick: number;
  /** Server time at which the frame was cut, ms since 1970 UTC. */
  time: number;
  full: boolean;
  count: number;
  records: Uint8Array;
  names: readonly FrameName[] | null;
  counts: Uint8Array | null;
  crowded: boolean;
}

export interface FrameName {
  slot: number;
  worker: string;
  name?: string | null;
  role: string;
  area?: string | null;
}
