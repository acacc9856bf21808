import type { Architecture } from './architectures.js';
import type { MemberEstimate } from './member-estimate.js';

/** A member with what is needed of both estimates. */
export interface Gathered {
  readonly architecture: Architecture;
  readonly estimates: readonly [MemberEstimate, MemberEstimate];
}
