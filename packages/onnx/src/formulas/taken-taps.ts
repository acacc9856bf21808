import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';
import { sizeOf, tensorOf } from '../tensor.js';

/** Most entries of a matrix that chooses taps: with larger kernels it would take more time and memory than it saves. */
const mostEntries = 1 << 16;

/**
 * Taps of kernels [A, B, kernel…] in another order: [A · B, taken]. Taps are counted row by row; where one is undefined, there is 0.
 * As a product with a matrix of zeros and ones while that is small: runtimes multiply faster than they move single numbers.
 */
export function takenTaps(
  g: Algebra,
  kernels: Value,
  taken: readonly (number | undefined)[],
): Value {
  const taps = sizeOf(g.space(kernels));
  const rows = g.reshape(kernels, [g.size(kernels, 0) * g.size(kernels, 1), taps]);
  if (taps * taken.length > mostEntries) {
    const withZero = g.pad(rows, [0, 0], [0, 1]);
    return g.op('Gather', [withZero, g.integers(taken.map(tap => tap ?? taps))], { axis: 1 });
  }
  const entries = new Float32Array(taps * taken.length);
  for (const [i, tap] of taken.entries())
    if (tap !== undefined) entries[tap * taken.length + i] = 1;
  const matrix = g.constant(tensorOf('float32', [taps, taken.length], entries));
  return g.matMul(rows, g.castLike(matrix, kernels));
}
