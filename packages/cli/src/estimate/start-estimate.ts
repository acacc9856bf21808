import { availableParallelism } from 'node:os';
import { WorkerPool } from '@nads/probe/node';
import type { Options } from './estimate.js';

/** What the command line gives. */
type Given = Omit<Options, 'probe'> & { readonly probe: 'secant' | 'gradient' | 'mixed' };

/** Runs `nads estimate`; its workers load their code while this thread loads its own. */
export async function startEstimate(file: string, options: Given): Promise<void> {
  const { probe, ...others } = options;
  if (probe === 'mixed') return (await import('./estimate-mixed.js')).estimateMixed(file, others);
  const { networks = Infinity, workers = availableParallelism() } = options;
  const pool = new WorkerPool(Math.min(workers, networks));
  try {
    const { estimate } = await import('./estimate.js');
    await estimate(file, { ...others, probe }, pool);
  } finally {
    await pool.close();
  }
}
