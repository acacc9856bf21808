import { TaskPool } from '@nads/runtime/workers';
import type { BlockSums } from '../covariance.js';
import type { Plan } from '../plan.js';

/**
 * Threads that probe networks of one plan, each with a runtime and one-thread sessions of its own.
 * They load their code while the plan is still being made.
 */
export class WorkerPool {
  /** Number of workers. */
  readonly size: number;
  /** How many networks to ask for at a time so that no worker waits. */
  readonly ahead: number;
  private readonly pool: TaskPool<Plan, number, BlockSums>;

  constructor(workers: number) {
    this.pool = new TaskPool(new URL('./worker.js', import.meta.url), workers);
    this.size = workers;
    this.ahead = workers + 1;
  }

  /** Says what to probe, before the first contribution is asked for. */
  assign(plan: Plan): void {
    this.pool.assign(plan);
  }

  /** What network number `index` adds to the covariance. @throws what went wrong in the worker. */
  contribution(index: number): Promise<BlockSums> {
    return this.pool.run(index);
  }

  /** Ends all workers after the run that each is in. */
  close(): Promise<void> {
    return this.pool.close();
  }
}
