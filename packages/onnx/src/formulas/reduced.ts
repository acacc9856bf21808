import type { Value } from '../algebra/known-values.js';

/** A reduction of x to y and the gradient of y; both with the reduced axes at size 1. */
export interface Reduced {
  readonly x: Value;
  readonly y: Value;
  readonly dy: Value;
  readonly axes: readonly number[];
}
