import type { LocalPlan } from './local/local-plan.js';

/**
 * Networks that are drawn in addition to a plan's and probed along few directions. They tell that part of the
 * covariance better, and with it what goes along (docs/estimators.md).
 */
export interface FurtherNetworks {
  /** For each network of the plan. */
  readonly count: number;
  /** Directions of the basis that they are probed along, ascending. The plan's group maps them to each other. */
  readonly directions: Uint32Array;
  /** How they are run on crops of maps; undefined where they are run on whole images. */
  readonly local?: LocalPlan;
}
