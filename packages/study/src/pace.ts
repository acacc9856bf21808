/** How often something is done beside the work itself. */
export interface PaceOptions {
  /** Seconds of work between. */
  readonly interval: number;
  /** Most of the time that it may take. */
  readonly share: number;
}

/** When to save what was done: every five seconds, or less often where saving takes long. */
export class Pace {
  private last = performance.now();
  private cost = 0;
  private readonly options: PaceOptions;

  constructor(options: PaceOptions = { interval: 5, share: 0.05 }) {
    this.options = options;
  }

  get isDue(): boolean {
    const since = (performance.now() - this.last) / 1000;
    const { interval, share } = this.options;
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
