import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/known-values.js';
import { reduction } from '../families/reduction.js';
import type { Reduced } from '../formulas/reduced.js';

/** The product over the given axes. */
export const reduceProd = reduction('ReduceProd', {
  fold: xs => xs.reduce((a, b) => a * b, 1),
  share: (g, reduced) => g.mul(reduced.dy, productOfOthers(g, reduced)),
});

/**
 * For each element the product of those that it is multiplied with: of an only zero the product of all else, beside it 0. Further
 * derivatives take zeros for constants.
 */
function productOfOthers(g: Algebra, { x, axes }: Reduced): Value {
  const isZero = g.equal(x, 0);
  const factor = g.where(isZero, 1, x);
  const zero = g.castLike(isZero, x);
  const otherZeros = g.sub(g.reduceSum(zero, axes), zero);
  return g.where(g.equal(otherZeros, 0), g.div(g.reduceProd(factor, axes), factor), 0);
}
