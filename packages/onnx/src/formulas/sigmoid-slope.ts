import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';

/** The derivative of y = x·σ(αx): σ + α·y·(1 − σ). */
export function sigmoidSlope(g: Algebra, x: Value, y: Value, alpha: number): Value {
  const sigma = g.sigmoid(alpha === 1 ? x : g.mul(x, alpha));
  return g.add(sigma, g.mul(g.mul(y, alpha), g.sub(1, sigma)));
}
