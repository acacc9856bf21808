import type { SweepEntry } from './journal.js';
import type { SweepPlan } from './plan-sweep.js';

/** How well an architecture learns along directions. */
export interface Sweep extends Pick<SweepPlan, 'architecture' | 'basis' | 'recipe' | 'identity'> {
  /** Every network that is in the journal, also of earlier runs for other directions. */
  readonly entries: readonly SweepEntry[];
  /** Networks that were wanted. */
  readonly networks: number;
  /** Networks of these that are trained. */
  readonly trained: number;
}
