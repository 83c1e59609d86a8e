import { type HubConnection, HubConnectionState, type ISubscription } from "@microsoft/signalr";
import { alarmNewsFrom, type WireAlarmNews } from "./alarmNews";
import { backoffMs } from "./backoff";
import { WallHub } from "./contracts.gen";
import { hubReason } from "./hubReason";
import type { AlarmEvents } from "./wallFeed";

/** The server gives a sign of life each 10 s: a lane silent for so long is asked for anew, whatever the picture does. */
const SILENT_TOO_LONG_MS = 35_000;

/**
 * The alarms of a wall, on the same connection as its picture but with an end of their own: when only this stream breaks off
 * it is asked for again, and until it stands the page is told that alarms do not come.
 */
export class AlarmStream {
  private stream: ISubscription<WireAlarmNews> | null = null;
  private generation = 0;
  private attempt = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly connection: HubConnection,
    private readonly events: AlarmEvents,
  ) {}

  /** After each connect. The first news of a stream is a full one, so nothing is resumed. */
  open(): void {
    clearTimeout(this.retry);
    this.stream?.dispose();
    const generation = ++this.generation;
    this.listen(generation);
    this.stream = this.connection.stream<WireAlarmNews>(WallHub.alarms).subscribe({
      next: (wire) => {
        if (generation !== this.generation) return;
        this.attempt = 0;
        this.listen(generation);
        this.events.lane("open", null);
        this.events.news(alarmNewsFrom(wire));
      },
      error: (error: Error) => this.ended(generation, hubReason(error.message)),
      complete: () => this.ended(generation, null),
    });
  }

  /** An alarm stands on the screen. What is lost on the way is said again after the next full news. */
  shown(id: string, version: number): void {
    if (this.connection.state !== HubConnectionState.Connected) return;
    this.connection.send(WallHub.alarmShown, id, version).catch(() => {});
  }

  /** The connection is gone; `open` follows when it is back. */
  drop(): void {
    this.stop();
    this.events.lane("lost", null);
  }

  /** Nothing is told afterwards. */
  stop(): void {
    clearTimeout(this.retry);
    clearTimeout(this.silence);
    this.generation++;
    this.stream = null;
  }

  private listen(generation: number): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => {
      if (generation !== this.generation) return;
      this.events.lane("lost", null);
      if (this.connection.state === HubConnectionState.Connected) this.open();
    }, SILENT_TOO_LONG_MS);
  }

  /** Its own end, unless the connection ended with it. */
  private ended(generation: number, reason: string | null): void {
    if (generation !== this.generation) return;
    clearTimeout(this.silence);
    this.stream = null;
    this.events.lane("lost", reason);
    this.retry = setTimeout(
      () => {
        if (generation === this.generation && this.connection.state === HubConnectionState.Connected) this.open();
      },
      backoffMs(this.attempt++, Math.random()),
    );
  }
}
