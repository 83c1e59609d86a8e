import {
  HttpTransportType,
  type HubConnection,
  HubConnectionBuilder,
  HubConnectionState,
  type ISubscription,
  LogLevel,
} from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";
import { type TrackChunk, type TrackEnd, type TrackRequest, WallHub, type WallName } from "./contracts.gen";
import type { DecodedSegments } from "./trackBytes";
import { type TrackDecoder, WorkerDecoder } from "./trackDecoder";

/** Method of the wall hub that streams chunks. */
const TRACKS = "Tracks";

/** A chunk as the book takes it. */
export interface TrackPart {
  names: readonly WallName[];
  segments: DecodedSegments;
  sentUntil: number;
  end: TrackEnd | null;
}

export interface TracksEvents {
  part(part: TrackPart): void;
  /** The stream ended before its last chunk. @param status as HTTP has it; 0: the connection broke or the bytes were damaged */
  failed(status: number, reason: string, code: string | null): void;
}

export interface TracksFeed {
  /** Streams the answer; parts come in the order sent. @returns stops it; nothing is told afterwards */
  read(request: TrackRequest, events: TracksEvents): () => void;
  dispose(): void;
}

/** A chunk as it leaves the hub protocol: int64 may come as bigint. */
type WireChunk = Partial<Omit<TrackChunk, "sentUntil" | "end">> & {
  sentUntil: number | bigint;
  end?: {
    complete: number | bigint;
    workers: number;
    fixes: number | bigint;
    outside: number;
    unreadable: number;
  } | null;
};

/** Tracks over a connection of their own, so that a long answer holds up no wall; opened with the first question, kept for the next. */
export class SignalRTracksFeed implements TracksFeed {
  private readonly connection: HubConnection = new HubConnectionBuilder()
    .withUrl(WallHub.path, { transport: HttpTransportType.WebSockets | HttpTransportType.LongPolling })
    .withHubProtocol(new MessagePackHubProtocol())
    .configureLogging(LogLevel.Critical)
    .build();
  private starting: Promise<void> | null = null;

  constructor(private readonly decoder: TrackDecoder = new WorkerDecoder()) {}

  read(request: TrackRequest, events: TracksEvents): () => void {
    const answer = new TrackAnswer(this.decoder, events);
    let stream: ISubscription<WireChunk> | null = null;
    this.connect().then(
      () => {
        if (answer.over) return;
        stream = this.connection.stream<WireChunk>(TRACKS, request).subscribe({
          next: (chunk) => answer.take(chunk),
          error: (error: Error) => answer.fail(...refusalOf(error.message)),
          complete: () => answer.complete(),
        });
      },
      (error) => answer.fail(...refusalOf(String(error))),
    );
    return () => {
      answer.stop();
      stream?.dispose();
    };
  }

  dispose(): void {
    this.decoder.dispose();
    void this.connection.stop();
  }

  private connect(): Promise<void> {
    if (this.connection.state === HubConnectionState.Connected) return Promise.resolve();
    this.starting ??= this.connection.start().finally(() => {
      this.starting = null;
    });
    return this.starting;
  }
}

/** One answer on its way through the decoder: told part by part in the order sent, and its end after its last part. */
export class TrackAnswer {
  over = false;
  private ended = false;
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly decoder: TrackDecoder,
    private readonly events: TracksEvents,
  ) {}

  take(chunk: WireChunk): void {
    if (this.over) return;
    // Asked for at once, so that the worker is never idle while there is something to decode; told in order.
    const decoding = this.decoder.decode(chunk.segments ?? new Uint8Array(0));
    decoding.catch(() => {});
    if (chunk.end) this.ended = true;
    this.after(async () => {
      const segments = await decoding;
      if (this.over) return;
      const end = chunk.end
        ? { ...chunk.end, complete: Number(chunk.end.complete), fixes: Number(chunk.end.fixes) }
        : null;
      if (end) this.over = true;
      this.events.part({ names: chunk.names ?? [], segments, sentUntil: Number(chunk.sentUntil), end });
    });
  }

  complete(): void {
    this.after(async () => this.ended || this.tellFailed(0, "The answer ended early."));
  }

  fail(status: number, reason: string, code: string | null = null): void {
    this.after(async () => this.tellFailed(status, reason, code));
  }

  stop(): void {
    this.over = true;
  }

  private after(act: () => Promise<unknown>): void {
    this.last = this.last.then(act).then(
      () => {},
      (error) => this.tellFailed(0, error instanceof Error ? error.message : String(error)),
    );
  }

  private tellFailed(status: number, reason: string, code: string | null = null): void {
    if (this.over) return;
    this.over = true;
    this.events.failed(status, reason, code);
  }
}

/** A hub refusal reads "… HubException: 403 out-of-scope: the reason"; negotiation failures have the status in their text. */
export function refusalOf(message: string): [status: number, reason: string, code: string | null] {
  const refusal = /HubException: (\d{3}) (?:([a-z][a-z-]*): )?(.*)/s.exec(message);
  if (refusal) return [Number(refusal[1]), refusal[3], refusal[2] ?? null];
  const negotiation = /status code '(\d{3})'/i.exec(message);
  return [negotiation ? Number(negotiation[1]) : 0, /HubException: (.*)/s.exec(message)?.[1] ?? message, null];
}
