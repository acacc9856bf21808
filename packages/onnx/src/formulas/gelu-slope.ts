import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/known-values.js';

/** The derivative of x·Φ(x): Φ(x) + x·φ(x), with the density φ(x) = e^(−x²/2)/√(2π). */
export function geluSlope(g: Algebra, x: Value): Value {
  const probability = g.mul(g.add(g.erf(g.mul(x, Math.SQRT1_2)), 1), 0.5);
  const density = g.mul(g.exp(g.mul(g.square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
  return g.add(probability, g.mul(x, density));
}

/** The derivative of ½x(1 + t), t = tanh(√(2/π)·(x + 0.044715·x³)): ½(1 + t) + ½x·(1 − t²)·√(2/π)·(1 + 3·0.044715·x²). */
export function tanhGeluSlope(g: Algebra, x: Value): Value {
  const [root, cubic] = [Math.sqrt(2 / Math.PI), 0.044715];
  const squared = g.square(x);
  const t = g.tanh(g.mul(g.mul(x, root), g.add(g.mul(squared, cubic), 1)));
  const inner = g.mul(g.add(g.mul(squared, 3 * cubic), 1), root);
  const bend = g.mul(g.mul(x, g.sub(1, g.square(t))), inner);
  return g.mul(g.add(g.add(t, 1), bend), 0.5);
}
