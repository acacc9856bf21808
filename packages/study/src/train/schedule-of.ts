import type { Schedule } from '@nads/train';
import type { Kit } from './training-run.js';

/** How the learning rate changes from step to step. */
export type ScheduleName = 'constant' | 'linear' | 'cosine' | 'step';

/** A schedule by its name. @param rate of the first step */
export function scheduleOf(kit: Kit, name: ScheduleName, rate: number): Schedule {
  const { constantRate, cosineRate, linearRate, stepRate } = kit;
  const all = { constant: constantRate, linear: linearRate, cosine: cosineRate, step: stepRate };
  return all[name](rate);
}
