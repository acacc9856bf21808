import { availableParallelism } from 'node:os';
import { WorkerPool } from '@nads/probe/node';
import type { Options } from './estimate.js';

/** Runs `nads estimate`; its workers load their code while this thread loads its own. */
export async function startEstimate(file: string, options: Options): Promise<void> {
  const { networks = Infinity, workers = availableParallelism() } = options;
  const pool = new WorkerPool(Math.min(workers, networks));
  try {
    const { estimate } = await import('./estimate.js');
    await estimate(file, options, pool);
  } finally {
    await pool.close();
  }
}
