import {
  HttpError,
  HttpTransportType,
  type HubConnection,
  HubConnectionBuilder,
  HubConnectionState,
  type ISubscription,
  LogLevel,
} from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";
import type { Link } from "../state/freshness";
import { AlarmStream } from "./alarmStream";
import { backoffMs } from "./backoff";
import { WallClient, WallHub, type WatchRequest } from "./contracts.gen";
import { fromWire, type WireFrame } from "./frames";
import { hubReason } from "./hubReason";
import type { FeedEvents, Scope, WallFeed } from "./wallFeed";

/** A connection that calls itself open but brought nothing for this long is taken down and made anew. */
const SILENT_TOO_LONG_MS = 15_000;
const WATCHDOG_EVERY_MS = 1000;

/**
 * The wall hub over SignalR. One loop for the first connection and all later ones; a watch resumes from the last frame
 * that was handed on, so nothing is drawn twice and nothing is missed.
 */
export class SignalRFeed implements WallFeed {
  private readonly connection: HubConnection;
  private scope: Scope | null = null;
  private stream: ISubscription<WireFrame> | null = null;
  private readonly alarms: AlarmStream | null;
  /** Last frame handed on for the present scope. */
  private last: { epoch: string; tick: number } | null = null;
  private attempt = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private readonly watchdog: ReturnType<typeof setInterval>;
  private heardAt = 0;
  private generation = 0;
  private ended = false;

  constructor(private readonly events: FeedEvents) {
    this.connection = new HubConnectionBuilder()
      .withUrl(WallHub.path, { transport: HttpTransportType.WebSockets | HttpTransportType.LongPolling })
      .withHubProtocol(new MessagePackHubProtocol())
      .configureLogging(LogLevel.Critical)
      .build();
    this.alarms = events.alarms ? new AlarmStream(this.connection, events.alarms) : null;
    this.connection.on(WallClient.signedOut, (reason: string) => this.end(reason));
    this.connection.onclose(() => this.lost(null));
    this.watchdog = setInterval(() => this.checkSilence(), WATCHDOG_EVERY_MS);
    addEventListener("online", this.comeBackNow);
    addEventListener("visibilitychange", this.comeBackNow);
  }

  watch(scope: Scope): void {
    this.scope = scope;
    this.last = null;
    if (this.connection.state === HubConnectionState.Connected) this.openStream();
    else if (this.connection.state === HubConnectionState.Disconnected && this.retry === undefined) void this.connect();
  }

  /** Connects for the alarms alone: nothing is watched. */
  listen(): void {
    if (this.connection.state === HubConnectionState.Disconnected && this.retry === undefined) void this.connect();
  }

  shown(tick: number): void {
    // Lost on the way means reconnecting, and a new watch starts with nothing outstanding.
    if (this.connection.state === HubConnectionState.Connected)
      this.connection.send(WallHub.shown, tick).catch(() => {});
  }

  alarmShown(id: string, version: number): void {
    this.alarms?.shown(id, version);
  }

  stop(): void {
    if (this.ended) return;
    this.ended = true;
    clearTimeout(this.retry);
    clearInterval(this.watchdog);
    this.alarms?.stop();
    removeEventListener("online", this.comeBackNow);
    removeEventListener("visibilitychange", this.comeBackNow);
    this.generation++;
    void this.connection.stop();
  }

  private async connect(): Promise<void> {
    this.retry = undefined;
    if (this.ended) return;
    this.tell("connecting", null);
    try {
      await this.connection.start();
    } catch (error) {
      if (isSignedOut(error)) this.end(null);
      else this.lost(null);
      return;
    }
    if (this.ended) return;
    this.heardAt = performance.now();
    this.alarms?.open(); // Before the picture, which is larger.
    if (!this.scope) this.attempt = 0;
    this.openStream();
  }

  private openStream(): void {
    const scope = this.scope;
    if (!scope) return;
    this.stream?.dispose();
    const generation = ++this.generation;
    const request: WatchRequest = {
      area: scope.area,
      epoch: this.last?.epoch ?? null,
      tick: this.last?.tick ?? null,
      bounds: scope.bounds,
    };
    this.stream = this.connection.stream<WireFrame>(WallHub.watch, request).subscribe({
      next: (wire) => {
        if (generation !== this.generation) return;
        this.heardAt = performance.now();
        this.attempt = 0;
        const frame = fromWire(wire);
        this.last = { epoch: frame.epoch, tick: frame.tick };
        this.tell("connected", null);
        this.events.frame(frame);
      },
      error: (error: Error) => this.streamEnded(generation, hubReason(error.message)),
      complete: () => this.streamEnded(generation, null),
    });
  }

  /**
   * A stream also ends when its connection closes; then the connection's own end is the news and the watch resumes. Only when
   * the connection still stands a moment later did the hub refuse or end the watch: start over, slowly, from a full frame.
   */
  private streamEnded(generation: number, reason: string | null): void {
    setTimeout(() => {
      if (generation !== this.generation || this.ended) return;
      if (this.connection.state !== HubConnectionState.Connected) return;
      this.generation++;
      this.last = null;
      void this.connection.stop();
      this.lost(reason);
    }, 0);
  }

  private lost(reason: string | null): void {
    if (this.ended) return;
    this.stream = null;
    this.alarms?.drop();
    this.tell("lost", reason);
    if (this.retry !== undefined) return;
    this.retry = setTimeout(
      () => {
        if (this.connection.state === HubConnectionState.Disconnected) void this.connect();
        else {
          this.retry = undefined;
          this.lost(reason);
        }
      },
      backoffMs(this.attempt++, Math.random()),
    );
  }

  private checkSilence(): void {
    if (this.connection.state !== HubConnectionState.Connected || document.hidden || !this.scope) {
      // Without a picture the alarms have a watch of their own. Hidden pages draw nothing, acknowledge nothing and so are sent nothing.
      this.heardAt = performance.now();
      return;
    }
    if (performance.now() - this.heardAt > SILENT_TOO_LONG_MS) {
      this.heardAt = performance.now();
      void this.connection.stop();
    }
  }

  /** The network or the viewer came back: no reason to sit out the rest of a long pause. */
  private readonly comeBackNow = (): void => {
    if (this.ended || document.hidden || this.retry === undefined) return;
    if (this.connection.state !== HubConnectionState.Disconnected) return;
    clearTimeout(this.retry);
    void this.connect();
  };

  private end(reason: string | null): void {
    if (this.ended) return;
    this.stop();
    this.events.link("signedOut", reason);
  }

  private tell(link: Link, reason: string | null): void {
    this.events.link(link, reason);
  }
}

function isSignedOut(error: unknown): boolean {
  // SignalR wraps the negotiation's failure; the status survives in the message when the type does not.
  return (error instanceof HttpError && error.statusCode === 401) || /status code '401'/i.test(String(error));
}
