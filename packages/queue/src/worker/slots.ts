import type { Job, Pool } from '@nads/runtime';

/** What a task is done with: a service, and the address of a setup. */
export interface Work {
  readonly service: string;
  readonly setup: string;
}

/** A pool of one worker, and the job that it is in. */
interface Slot {
  readonly pool: Pool;
  readonly work: Work;
  readonly job: Job<unknown, unknown>;
}

/**
 * Pools of one worker each that do tasks of any jobs side by side. A pool stays in a job while tasks of it come; where a task fails its
 * pool is replaced, since its worker may be dead.
 */
export class Slots {
  private readonly makePool: () => Pool;
  private readonly idle: Slot[] = [];

  /** @param makePool a pool of size 1 */
  constructor(makePool: () => Pool) {
    this.makePool = makePool;
  }

  /**
   * Does a task.
   * @param setup gives the setup, where no pool has it
   * @throws what went wrong there
   */
  async run(work: Work, setup: () => Promise<unknown>, task: unknown): Promise<unknown> {
    const slot = this.readyFor(work) ?? (await this.begun(work, await setup()));
    try {
      const result = await slot.job.run(task);
      this.idle.push(slot);
      return result;
    } catch (error) {
      await slot.pool.close();
      throw error;
    }
  }

  /** Ends all workers that do nothing. */
  async close(): Promise<void> {
    await Promise.all(this.idle.splice(0).map(({ pool }) => pool.close()));
  }

  /** The last that was used, so that pools of jobs that are over are the first to be taken for others. */
  private readyFor({ service, setup }: Work): Slot | undefined {
    const at = this.idle.findLastIndex(
      ({ work }) => work.service === service && work.setup === setup,
    );
    return at < 0 ? undefined : this.idle.splice(at, 1)[0];
  }

  private async begun(work: Work, setup: unknown): Promise<Slot> {
    const other = this.idle.shift();
    await other?.job.end();
    const pool = other?.pool ?? this.makePool();
    return { pool, work, job: pool.begin(work.service, setup) };
  }
}
