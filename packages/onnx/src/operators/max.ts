import { broadcasting } from '../families/broadcasting.js';
import { sharedByEqual } from '../formulas/shared-by-equal.js';

/** The largest of all its inputs, broadcast. */
export const max = broadcasting('Max', Math.max, {
  inputs: [1, Infinity],
  exact: true,
  gradient: sharedByEqual,
});
