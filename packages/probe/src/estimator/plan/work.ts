import type { Locality } from './local/local-work.js';
import type { Plan } from './plan.js';

/** What is run for each network, and how often. */
export interface Work {
  readonly plan: Pick<Plan, 'body' | 'tail' | 'further' | 'local' | 'batch'>;
  /** Images for each network, its further ones counted in, and point. */
  readonly images: number;
  /** Multiply–accumulates of one image. */
  readonly macsPerImage: number;
  /** What is saved by running the body on boxes of its maps; undefined where it is run on whole images. */
  readonly locality?: Locality;
}
