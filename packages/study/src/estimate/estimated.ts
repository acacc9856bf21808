import type { Directions, EstimateOptions, Preparation, Tally } from '@nads/probe';
import type { SourceModel } from '../source-model.js';
import type { Convergence, GoalOptions } from './goal.js';

/** Settings of an estimate of NADs. */
export interface EstimateSettings extends EstimateOptions, GoalOptions {
  /** Number of NADs to compute; all of up to 1536 directions, otherwise 256 or fewer, if not given. */
  readonly save?: number;
  /** Continue from the state that an earlier run left in the store. */
  readonly resume?: boolean;
}

/** NADs of an architecture, and how they came about. */
export interface Estimate {
  readonly source: SourceModel;
  readonly settings: EstimateSettings;
  readonly preparation: Preparation;
  /** Share of the first network's secants that float32 cannot resolve, of some that were looked at. */
  readonly unresolved?: number;
  readonly directions: Directions;
  readonly tally: Tally;
  /** Whether the leading subspace became stable enough; undefined where a number of networks was asked for. */
  readonly convergence?: Convergence;
  /** Of the runtime. */
  readonly runtime: string;
}
