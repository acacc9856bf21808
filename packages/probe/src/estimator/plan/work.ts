import type { Plan } from './plan.js';

/** What is run for each network, and how often. */
export interface Work {
  readonly plan: Pick<Plan, 'body' | 'tail' | 'batch'>;
  /** Images for each network and point. */
  readonly images: number;
  /** Multiply–accumulates of one image. */
  readonly macsPerImage: number;
}
