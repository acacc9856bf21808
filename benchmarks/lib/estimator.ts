import {
  basisOf,
  emptyTally,
  sample,
  symmetryBlocks,
  type Plan,
  type BlockSums,
} from '@nads/probe';
import { threadPool } from '@nads/study/node';

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
  const { signal } = new AbortController();
  const pool = threadPool();
  const job = pool.begin<number, BlockSums>('contributions', plan);
  const draw = async (networks: number): Promise<void> => {
    const goal = tally.networks + networks;
    await sample(tally, {
      contribution: index => job.run(index),
      ahead: pool.size + 1,
      signal,
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
