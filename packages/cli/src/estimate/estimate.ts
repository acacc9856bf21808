import { availableParallelism } from 'node:os';
import { threadPool } from '@nads/study/thread-pool';
import { studyPool } from '../queue/study-pool.js';
import { closePool } from '../terminal/close-pool.js';
import type { EstimateFlags } from './options.js';

/** Runs `nads estimate`; its workers load their code while this thread loads its own and reads the model. */
export async function estimate(file: string, flags: EstimateFlags): Promise<void> {
  const { networks = Infinity, workers = availableParallelism(), provider } = flags;
  const threads = () => threadPool(Math.min(workers, networks), 'contributions', provider);
  const pool = await studyPool(flags, threads);
  try {
    const { estimateIn } = await import('./estimate-in.js');
    await estimateIn(pool, file, flags);
  } finally {
    await closePool(pool);
  }
}
