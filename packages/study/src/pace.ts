/** Seconds of work that may be lost. */
const interval = 5;

/** Most of the time that saving may take. */
const share = 0.05;

/** When to save what was done: every five seconds, or less often where saving takes long. */
export class Pace {
  private last = performance.now();
  private cost = 0;

  get isDue(): boolean {
    const since = (performance.now() - this.last) / 1000;
    return since >= Math.max(interval, this.cost / share);
  }

  /** Saves, and notes how long that took. */
  async save(work: () => void | Promise<void>): Promise<void> {
    const begun = performance.now();
    await work();
    this.last = performance.now();
    this.cost = (this.last - begun) / 1000;
  }
}
