import { CoverageHeat } from "../map/coverageHeat";
import { countsOf } from "../state/coverage/scales";
import { type Size, sizeAt } from "../state/coverage/sizes";
import { centerDay, windowOf } from "../state/coverage/windows";
import type { Style } from "../state/dayNight";
import type { Heat } from "../state/layers";
import { coveragePicture } from "../wire/coverageApi";
import type { CoveragePicture } from "../wire/coverageBytes";
import type { ShownHeat } from "./useWallHeat";

const DAYS = 7;
const SHARE = 0.75;
/** The job adds to today every few minutes. */
const AGAIN_MS = 60_000;

/** The picture of the last days' coverage, kept fresh while it is shown. In a file of its own: most walls never show it. */
export class WallHeat {
  private readonly heat = new CoverageHeat(SHARE);
  private measure: Heat | null = null;
  private style: Style = "night";
  private size: Size | null = null;
  private picture: CoveragePicture | null = null;
  private reckonedAt: string | null = null;
  private problem: unknown = null;
  private asking: AbortController | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly area: string,
    private readonly page: { told(shown: ShownHeat | null): void; drawn(): void },
  ) {
    document.addEventListener("visibilitychange", this.again);
  }

  readonly dress = this.heat.dress;

  /** @param measure null: none */
  show(measure: Heat | null, style: Style): void {
    const isOther = measure !== this.measure;
    this.measure = measure;
    this.style = style;
    if (isOther) {
      this.picture = null;
      this.reckonedAt = null;
      this.problem = null;
    }
    this.paint();
    if (measure === null) this.stop();
    else if (isOther) void this.read();
  }

  /** Smaller squares from nearer. */
  look(latitude: number, zoom: number, scale: number): void {
    const size = sizeAt(zoom, latitude, scale);
    if (size === this.size) return;
    this.size = size;
    void this.read();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.asking = null;
  }

  end(): void {
    this.stop();
    document.removeEventListener("visibilitychange", this.again);
  }

  /** Nobody sees a page that is hidden: it is asked for again when they do. */
  private readonly again = (): void => {
    if (document.visibilityState === "visible") void this.read();
  };

  private async read(): Promise<void> {
    const { measure, size } = this;
    if (measure === null || size === null) return;
    this.stop();
    const mine = new AbortController();
    this.asking = mine;
    try {
      const window = windowOf(DAYS, null, centerDay(Date.now()));
      const answer = await coveragePicture({ area: this.area, ...window, measure, size }, mine.signal);
      if (this.asking !== mine) return;
      this.picture = answer.picture;
      this.reckonedAt = answer.reckonedAt;
      this.problem = null;
    } catch (error) {
      if (this.asking !== mine) return;
      this.problem = error; // The wall itself says when it is signed out; all else is asked for again.
    }
    this.timer = setTimeout(this.again, AGAIN_MS);
    this.paint();
  }

  private paint(): void {
    const { measure, picture } = this;
    this.heat.set(measure === null ? null : picture, this.style);
    this.page.drawn();
    this.page.told(
      measure === null
        ? null
        : {
            measure,
            size: picture?.size ?? null,
            counts: picture ? countsOf(measure, this.heat.counted) : null,
            reckonedAt: this.reckonedAt,
            problem: this.problem,
          },
    );
  }
}
