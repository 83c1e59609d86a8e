import type { Book } from "./book";
import { PlaybackTrails } from "./playbackTrails";
import { Stage } from "./stage";
import type { PlaybackSettings } from "./types";

/** One picture of a replay: who is drawn on it. Two pictures beside each other follow one clock. */
export class Scene {
  readonly stage: Stage;
  readonly trails: PlaybackTrails;
  private drawn: { now: number; version: number; book: Book } | null = null;

  constructor(longitude: number, latitude: number) {
    this.stage = new Stage(longitude, latitude);
    this.trails = new PlaybackTrails(longitude, latitude);
    this.trails.hidden = this.stage.hidden;
  }

  /** Rows not drawn; everybody else is, with a trail. */
  hide(rows: ReadonlySet<number>): void {
    const { hidden } = this.stage;
    if (rows.size === hidden.size && [...rows].every((row) => hidden.has(row))) return;
    hidden.clear();
    for (const row of rows) hidden.add(row);
    this.refresh();
  }

  /** Moves everybody to a moment; true when a new picture is to be drawn. */
  update(book: Book, now: number, settings: PlaybackSettings): boolean {
    const { version } = book;
    if (this.drawn?.now === now && this.drawn.version === version && this.drawn.book === book) return false;
    this.drawn = { now, version, book };
    this.stage.update(book, now, settings.movingMps);
    this.trails.seconds = settings.trailSeconds;
    this.trails.update(book, now, this.stage.tintOf);
    return true;
  }

  /** What is drawn changed, though neither the moment nor the book did. */
  refresh(): void {
    this.drawn = null;
    this.stage.refresh();
    this.trails.reset();
  }

  clear(): void {
    this.stage.clear();
    this.trails.reset();
  }
}
