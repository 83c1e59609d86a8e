/** Work on the main thread stops after so long and lets a frame through. */
const TURN_MS = 6;

interface Job {
  steps: Iterator<void>;
  done(): void;
}

/** Long work in short turns, first in first out: taking over a large answer holds up no frame, and goes on while the page is hidden. */
export class Turns {
  private jobs: Job[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly clock: () => number = () => performance.now()) {}

  add(steps: Iterator<void>, done: () => void): void {
    this.jobs.push({ steps, done });
    this.timer ??= setTimeout(this.turn, 0);
  }

  clear(): void {
    this.jobs = [];
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private readonly turn = (): void => {
    this.timer = undefined;
    const until = this.clock() + TURN_MS;
    while (this.jobs.length > 0 && this.clock() < until) {
      // A few steps between looks at the clock, which are dearer than most steps.
      for (let n = 0; n < 16; n++) {
        if (!this.jobs[0].steps.next().done) continue;
        this.jobs.shift()?.done();
        break;
      }
    }
    if (this.jobs.length > 0) this.timer ??= setTimeout(this.turn, 0);
  };
}
