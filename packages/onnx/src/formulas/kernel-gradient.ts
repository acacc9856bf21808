import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';
import type { Window } from '../shapes/window.js';
import { batchColumns, batchLast, placesMet, withBorder } from './columns.js';

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
  // what an image adds to the kernel, against what it takes to put the batch behind space
  const sum = entries > channels * image + filters * positions ? overBatchAndSpace : imageByImage;
  return g.reshape(sum(g, x, dy, window, groups), [filters, channels / groups, ...window.kernel]);
}

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

/**
 * One product an image and a step along the last axis, summed over the images: [M, C / groups, kernel…]. Whole lines of images
 * are gathered, which takes a third of what cutting out each shifted image does.
 */
function imageByImage(g: Algebra, x: Value, dy: Value, window: Window, groups: number): Value {
  const filters = g.size(dy, 1);
  const rows = (g.size(x, 1) / groups) * product(window.kernel.slice(0, -1));
  const steps = stepsOfEach(g, x, dy, window, groups).map(each =>
    g.reshape(g.reduceSum(each, [0], false), [filters, rows, 1]),
  );
  return g.concat(steps, 2);
}

/** As `kernelGradient`, of each image by itself: [N, M · C / groups · taps]. */
export function kernelGradientOfEach(
  g: Algebra,
  x: Value,
  dy: Value,
  window: Window,
  groups: number,
): Value {
  const size = (g.size(dy, 1) * g.size(x, 1) * product(window.kernel)) / groups;
  const steps = stepsOfEach(g, x, dy, window, groups).map(each =>
    g.reshape(each, [undefined, size / window.kernel.at(-1)!, 1]),
  );
  return g.reshape(g.concat(steps, 2), [undefined, size]);
}

/** For each tap along the last axis [N, groups, M / groups, C / groups · taps along the others]. */
function stepsOfEach(
  g: Algebra,
  x: Value,
  dy: Value,
  window: Window,
  groups: number,
): readonly Value[] {
  const [batch, channels] = g.dims(x);
  const [filters, positions] = [g.size(dy, 1), g.space(dy)];
  const { kernel, strides, dilations } = window;
  const padded = withBorder(g, x, 2, window, positions);
  const sizes = g.space(padded);
  const last = sizes.length - 1;
  const lines = g.reshape(padded, [batch, channels, product(sizes.slice(0, last)), sizes[last]]);
  const met = placesMet(g, window, sizes.slice(0, last), positions.slice(0, last));
  return Array.from({ length: kernel[last] }, (_, k) => {
    const start = k * dilations[last];
    const end = start + strides[last] * (positions[last] - 1) + 1;
    const shifted = g.slice(lines, [3], [start], [end], [strides[last]]);
    const gathered = last === 0 ? shifted : g.op('Gather', [shifted, met], { axis: 2 });
    const taps = product(kernel.slice(0, last));
    const rows = (channels! / groups) * taps;
    const columns = g.reshape(gathered, [batch, groups, rows, product(positions)]);
    const responses = g.reshape(dy, [batch, groups, filters / groups, product(positions)]);
    return g.matMul(responses, g.transposeMatrices(columns));
  });
}

/** One product over batch and space: [groups, M / groups, C / groups · taps]. */
function overBatchAndSpace(g: Algebra, x: Value, dy: Value, window: Window, groups: number): Value {
  const [filters, positions] = [g.size(dy, 1), g.space(dy)];
  const columns = batchColumns(g, x, { window, groups, positions });
  const responses = g.reshape(batchLast(g, dy), [groups, filters / groups, undefined]);
  return g.matMul(responses, g.transposeMatrices(columns));
}
