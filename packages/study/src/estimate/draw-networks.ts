import { sample, type BlockSums, type Tally } from '@nads/probe';
import { poolOf, type Environment } from '../environment.js';
import { about } from '../named-error.js';
import { Pace } from '../pace.js';
import type { EstimatePlan } from './plan-estimate.js';
import type { Goal } from './goal.js';

/** Something that is done now and then while networks are drawn. */
export interface Meanwhile {
  readonly pace: Pace;
  readonly work: () => Promise<void>;
}

/** Draws networks in a pool until there are enough, or somebody stops it. */
export async function drawNetworks(
  name: string,
  { preparation }: EstimatePlan,
  goal: Goal,
  tally: Tally,
  environment: Environment,
  meanwhile: readonly Meanwhile[] = [],
): Promise<void> {
  const pool = poolOf(environment);
  const job = pool.begin<number, BlockSums>('contributions', preparation.plan);
  const { signal, onProgress } = environment;
  try {
    await sample(tally, {
      contribution: index => about(name, () => job.run(index)),
      ahead: 2 * pool.size + 1, // so that no worker waits
      most: goal.most,
      enough: sofar => goal.reached(sofar),
      signal,
      keep: async sofar => {
        const total = goal.isFixed ? goal.most : undefined;
        onProgress?.({ unit: 'networks', done: sofar.networks, total, note: goal.note });
        for (const { pace, work } of meanwhile) if (pace.isDue) await pace.save(work);
      },
    });
  } finally {
    const ended = job.end();
    if (!signal?.aborted) await ended; // what was done is to be saved before workers have come to an end
  }
}
