import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';
import { tensorOf } from '../tensor.js';

/** For each tap of a new kernel along one axis, which tap of the old one it is; undefined where it is 0. */
export type Taken = readonly (number | undefined)[];

/** All of n taps, the last one first. */
export const lastFirst = (n: number): Taken => Array.from({ length: n }, (_, i) => n - 1 - i);

/**
 * Kernels [A, B, kernel…] of chosen taps: [A, B, taken…]. As a product with a matrix of zeros and ones, since runtimes move single
 * numbers several times more slowly than they multiply.
 */
export function takenTaps(g: Algebra, kernels: Value, taken: readonly Taken[]): Value {
  const [a, b] = [g.size(kernels, 0), g.size(kernels, 1)];
  const kernel = g.space(kernels);
  const sources = taken.reduce<Taken>(
    (flat, axis, i) => flat.flatMap(at => axis.map(tap => place(at, tap, kernel[i]))),
    [0],
  );
  const taps = kernel.reduce((product, size) => product * size, 1);
  const entries = new Float64Array(taps * sources.length);
  for (const [i, source] of sources.entries())
    if (source !== undefined) entries[source * sources.length + i] = 1;
  const matrix = g.constant(tensorOf('float32', [taps, sources.length], entries));
  const chosen = g.matMul(g.reshape(kernels, [a * b, taps]), g.castLike(matrix, kernels));
  return g.reshape(chosen, [a, b, ...taken.map(({ length }) => length)]);
}

/** Where a tap is, row by row. */
const place = (before: number | undefined, tap: number | undefined, size: number) =>
  before === undefined || tap === undefined ? undefined : before * size + tap;
