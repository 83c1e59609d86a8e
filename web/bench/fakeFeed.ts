import type { WallFrame } from "../src/wire/contracts.gen";
import type { FeedEvents, WallFeed } from "../src/wire/wallFeed";

/** Stands where SignalR stands: frames are pushed in by the soak. */
export class SignalRFeed implements WallFeed {
  static push: ((frame: WallFrame) => void) | null = null;

  constructor(events: FeedEvents) {
    SignalRFeed.push = (frame) => events.frame(frame);
    queueMicrotask(() => events.link("connected", null));
  }

  watch(): void {}

  shown(): void {}

  alarmShown(): void {}

  stop(): void {}
}
