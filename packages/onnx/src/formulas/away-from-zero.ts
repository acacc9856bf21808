import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/known-values.js';

/**
 * The value, and infinity where it is 0: a slope that divides by it is 0 there, as PyTorch has it for a norm at the
 * origin, and so are all further derivatives.
 */
export const awayFromZero = (g: Algebra, x: Value): Value => g.where(g.equal(x, 0), Infinity, x);
