/** Does something as often as it is wanted, but a while apart, and a while after it was first wanted: wishes meanwhile are one. */
export class Seldom {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly apartMs: number,
    private readonly act: () => void,
  ) {}

  want(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.act();
    }, this.apartMs);
  }

  /** What was wanted is no longer. */
  forget(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
