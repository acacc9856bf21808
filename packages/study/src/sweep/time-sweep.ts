import type { Runtime } from '@nads/runtime';
import { directionTask, type SweepPlan } from './plan-sweep.js';

/** How long a sweep takes. */
export interface SweepTime {
  readonly networks: number;
  readonly stepsPerNetwork: number;
  /** On one thread. */
  readonly secondsPerStep: number;
}

/** Steps that are timed. */
const timedSteps = 8;

/** Tries a few steps of a sweep's first network, to say how long all of it takes. */
export async function timeSweep(plan: SweepPlan, runtime: Runtime): Promise<SweepTime> {
  const { model, architecture, recipe, tasks } = plan;
  const { trainAlong } = await import('@nads/train');
  const few = { ...recipe, train: timedSteps * recipe.batch, test: recipe.batch, epochs: 1 };
  const times: number[] = [];
  await trainAlong(model, architecture.init, few, directionTask(plan, tasks[0]), {
    runtime,
    threads: 1,
    onProgress: () => times.push(performance.now()),
  });
  return {
    networks: tasks.length,
    stepsPerNetwork: Math.ceil(recipe.train / recipe.batch) * recipe.epochs,
    secondsPerStep: (times[times.length - 1] - times[1]) / (times.length - 2) / 1000,
  };
}
