import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/known-values.js';

/**
 * For each element of x the product of all others along some axes; undefined where there are no others. Nothing is divided by, so that
 * derivatives of all orders are right where elements are zero; along an axis whose size varies further derivatives take zeros for constants.
 */
export function productOfOthers(g: Algebra, x: Value, axes: readonly number[]): Value | undefined {
  let others: Value | undefined;
  let reduced = x;
  for (const axis of axes.filter(one => g.dims(x)[one] !== 1)) {
    const along = othersAlong(g, reduced, axis);
    others = others === undefined ? along : g.mul(others, along);
    reduced = g.reduceProd(reduced, [axis]);
  }
  return others;
}

function othersAlong(g: Algebra, x: Value, axis: number): Value {
  if (g.dims(x)[axis] === undefined) return quotients(g, x, axis);
  return g.mul(productsBefore(g, x, axis, 1), productsBefore(g, x, axis, -1));
}

/** Products of all elements before each one (after it for a negative direction), by doubling (Hillis & Steele 1986). */
function productsBefore(g: Algebra, x: Value, axis: number, direction: 1 | -1): Value {
  let products = shifted(g, x, axis, direction);
  for (let length = 1; length < g.size(x, axis) - 1; length *= 2)
    products = g.mul(products, shifted(g, products, axis, direction * length));
  return products;
}

/** Elements moved along an axis by so many places, with ones where there is none. */
function shifted(g: Algebra, x: Value, axis: number, by: number): Value {
  const on = (places: number): number[] => g.dims(x).map((_, at) => (at === axis ? places : 0));
  return g.pad(x, on(by), on(-by), 1);
}

/** The product of all divided by each one; of an only zero the product of all else, beside it 0. */
function quotients(g: Algebra, x: Value, axis: number): Value {
  const isZero = g.equal(x, 0);
  const factor = g.where(isZero, 1, x);
  const zero = g.castLike(isZero, x);
  const otherZeros = g.sub(g.reduceSum(zero, [axis]), zero);
  return g.where(g.equal(otherZeros, 0), g.div(g.reduceProd(factor, [axis]), factor), 0);
}
