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
  const [channels, filters] = [g.size(x, 1), g.size(dy, 1)];
  const [image, positions] = [product(g.space(x)), product(g.space(dy))];
  const entries = (filters * channels * product(window.kernel)) / groups;
  // what an image adds to the kernel, against what it takes to put the batch behind the channels
  const sum = entries > channels * image + filters * positions ? overBatchAndSpace : imageByImage;
  return g.reshape(sum(g, x, dy, window, groups), [filters, channels / groups, ...window.kernel]);
}

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

/** One product an image, then their sum: [M, C / groups · taps]. */
function imageByImage(g: Algebra, x: Value, dy: Value, window: Window, groups: number): Value {
  const [batch, channels] = g.dims(x);
  const [filters, positions] = [g.size(dy, 1), g.space(dy)];
  const [points, taps] = [product(positions), product(window.kernel)];
  const stacked = g.concat(
    shiftedImages(g, x, window, positions).map(image =>
      g.reshape(image, [batch, channels, 1, points]),
    ),
    2,
  );
  const columns = g.reshape(stacked, [batch, groups, (channels! / groups) * taps, points]);
  const responses = g.reshape(dy, [batch, groups, filters / groups, points]);
  return g.reduceSum(g.matMul(responses, g.transposeMatrices(columns)), [0], false);
}

/** One product over batch and space: [groups, M / groups, C / groups · taps]. */
function overBatchAndSpace(g: Algebra, x: Value, dy: Value, window: Window, groups: number): Value {
  const [batch, channels] = g.dims(x);
  const [filters, positions] = [g.size(dy, 1), g.space(dy)];
  const taps = product(window.kernel);
  const exchange = [1, 0, ...positions.map((_, i) => i + 2)];
  const stacked = g.concat(
    shiftedImages(g, g.transpose(x, exchange), window, positions).map(image =>
      g.reshape(image, [channels, 1, batch, product(positions)]),
    ),
    1,
  );
  const columns = g.reshape(stacked, [groups, (channels! / groups) * taps, undefined]);
  const responses = g.reshape(g.transpose(dy, exchange), [groups, filters / groups, undefined]);
  return g.matMul(responses, g.transposeMatrices(columns));
}

/** For each tap of the kernel the elements that it meets: [N, C, positions…], of axes in any order before space. */
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
