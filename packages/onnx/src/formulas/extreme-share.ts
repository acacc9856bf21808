import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/known-values.js';
import type { Reduced } from './reduced.js';

/** The gradient of an extreme: all elements that are equal to it share it, as in PyTorch. */
export function extremeShare(g: Algebra, { x, y, dy, axes }: Reduced): Value {
  const isExtreme = g.castLike(g.equal(x, y), x);
  return g.mul(isExtreme, g.div(dy, g.reduceSum(isExtreme, axes)));
}
