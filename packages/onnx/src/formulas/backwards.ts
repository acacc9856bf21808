import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';

/** A value with its elements in reverse along some axes. */
export function backwards(g: Algebra, x: Value, axes: readonly number[]): Value {
  if (axes.length === 0) return x;
  const from = axes.map(() => -1);
  const to = axes.map(() => -Number.MAX_SAFE_INTEGER);
  return g.slice(x, axes, from, to, from);
}
