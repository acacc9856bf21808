import { broadcasting } from '../families/broadcasting.js';
import { sharedByEqual } from '../formulas/shared-by-equal.js';

/** The smallest of all its inputs, broadcast. */
export const min = broadcasting('Min', Math.min, {
  inputs: [1, Infinity],
  exact: true,
  gradient: sharedByEqual,
});
