import { availableParallelism } from 'node:os';
import { basisOf, emptyTally, sample, symmetryBlocks } from '@nads/probe';
import { WorkerPool } from '@nads/probe/node';

const never = new Promise(() => {});

/**
 * The estimator at work, as `nads estimate` drives it: a worker a core, contributions added to a
 * tally. What it draws first is warming up and not timed.
 * @returns `measure(networks)`, the seconds per network, and `close()`.
 */
export function openEstimator(plan) {
  const basis = basisOf(plan);
  const tally = emptyTally(symmetryBlocks(basis.size, basis.relabellings, plan.group));
  const pool = new WorkerPool(plan, availableParallelism());
  const draw = async networks => {
    const goal = tally.networks + networks;
    await sample(tally, {
      // Networks beyond the goal are not begun, so that nothing runs on behind the next measurement.
      contribution: index => (index < goal ? pool.contribution(index) : never),
      ahead: pool.ahead,
      enough: ({ networks: done }) => done >= goal,
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
