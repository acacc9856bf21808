import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';

/** (x − μ)/√(σ² + ε), the mean μ and the variance σ² over some axes. */
export function normalise(g: Algebra, x: Value, axes: readonly number[], epsilon: number): Value {
  const centred = g.sub(x, g.reduceMean(x, axes));
  const variance = g.reduceMean(g.square(centred), axes);
  return g.div(centred, g.sqrt(g.add(variance, epsilon)));
}

/** A value for each channel with the dims [C, 1, …] that broadcast to a value [N, C, …] of so many axes. */
export const perChannel = (g: Algebra, x: Value, rank: number): Value =>
  g.reshape(x, [...g.dims(x), ...Array<number>(Math.max(0, rank - 2)).fill(1)]);
