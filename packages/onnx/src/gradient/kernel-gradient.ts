import type { Window } from '../operators/window.js';
import type { Algebra } from './algebra.js';
import type { Value } from './builder.js';

/**
 * The gradient of a convolution's kernel, dW[m, c, δ] = Σ over n, p of dy[n, m, p] · x[n, c, s·p + d·δ − pad]:
 * the shifted images side by side (im2col), times dy.
 * @param x [N, C, sizes…]; @param dy [N, M, positions…]; both with a static space.
 * @returns [M, C / groups, kernel…].
 */
export function kernelGradient(
  g: Algebra,
  x: Value,
  dy: Value,
  window: Window,
  groups: number,
): Value {
  const [batch, channels] = g.dims(x);
  const filters = g.size(dy, 1);
  const perGroup = channels! / groups;
  const positions = g.dims(dy).slice(2) as number[];
  const points = positions.reduce((a, b) => a * b, 1);
  const taps = window.kernel.reduce((a, b) => a * b, 1);
  const shifted = shiftedImages(g, x, window, positions);
  const stacked = g.concat(
    shifted.map(image => g.reshape(image, [batch, channels, 1, points])),
    2,
  );
  const columns = g.reshape(stacked, [batch, groups, perGroup * taps, points]);
  const responses = g.reshape(dy, [batch, groups, filters / groups, points]);
  const product = g.matMul(responses, g.transposeMatrices(columns));
  return g.reshape(g.reduceSum(product, [0], false), [filters, perGroup, ...window.kernel]);
}

/** For each tap of the kernel the elements that it meets: [N, C, positions…]. */
function shiftedImages(
  g: Algebra,
  x: Value,
  { kernel, strides, dilations, begin }: Window,
  positions: readonly number[],
): Value[] {
  const axes = kernel.map((_, i) => i + 2);
  const sizes = axes.map(axis => g.size(x, axis));
  const reach = kernel.map((k, i) => strides[i] * (positions[i] - 1) + dilations[i] * (k - 1) + 1);
  const end = reach.map((last, i) => Math.max(0, last - sizes[i] - begin[i]));
  const padded = g.pad(x, [0, 0, ...begin], [0, 0, ...end]);
  return tapsOf(kernel).map(tap => {
    const start = tap.map((k, i) => k * dilations[i]);
    const stop = start.map((from, i) => from + strides[i] * (positions[i] - 1) + 1);
    return g.slice(padded, axes, start, stop, strides);
  });
}

/** All places in a kernel, the last axis fastest. */
const tapsOf = (kernel: readonly number[]): number[][] =>
  kernel.reduce<number[][]>(
    (taps, size) => taps.flatMap(tap => Array.from({ length: size }, (_, k) => [...tap, k])),
    [[]],
  );
