import { availableParallelism } from 'node:os';
import { basisOf, emptyTally, sample, symmetryBlocks, type Plan } from '@nads/probe';
import { WorkerPool } from '@nads/probe/node';

/** An estimator at work. */
export interface Estimator {
  /** Adds so many networks to the tally. */
  draw(networks: number): Promise<void>;
  /** Seconds per network. */
  measure(networks: number): Promise<number>;
  close(): Promise<void>;
}

/**
 * The estimator as `nads estimate` drives it: a worker a core, contributions added to a
 * tally. What it draws first is warming up and not timed.
 */
export function openEstimator(plan: Plan): Estimator {
  const basis = basisOf(plan);
  const tally = emptyTally(symmetryBlocks(basis.size, basis.relabellings, plan.group));
  const interruption = new AbortController().signal;
  const pool = new WorkerPool(availableParallelism());
  pool.assign(plan);
  const draw = async (networks: number): Promise<void> => {
    const goal = tally.networks + networks;
    await sample(tally, {
      contribution: index => pool.contribution(index),
      ahead: pool.ahead,
      interruption,
      most: goal, // so that nothing runs on behind the next measurement
    });
  };
  return {
    draw,
    async measure(networks) {
      const started = performance.now();
      await draw(networks);
      return (performance.now() - started) / 1000 / networks;
    },
    close: () => pool.close(),
  };
}
