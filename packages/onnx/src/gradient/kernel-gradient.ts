import { integers } from '../tensor.js';
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
  const [batch, channels] = g.dims(x);
  const [filters, positions] = [g.size(dy, 1), g.space(dy)];
  const { kernel, strides, dilations } = window;
  const padded = withBorder(g, x, 2, window, positions);
  const sizes = g.space(padded);
  const last = sizes.length - 1;
  const lines = g.reshape(padded, [batch, channels, product(sizes.slice(0, last)), sizes[last]]);
  const met = placesMet(window, sizes.slice(0, last), positions.slice(0, last));
  const steps = Array.from({ length: kernel[last] }, (_, k) => {
    const start = k * dilations[last];
    const end = start + strides[last] * (positions[last] - 1) + 1;
    const shifted = g.slice(lines, [3], [start], [end], [strides[last]]);
    const gathered = last === 0 ? shifted : g.op('Gather', [shifted, g.constant(met)], { axis: 2 });
    const taps = product(kernel.slice(0, last));
    const rows = (channels! / groups) * taps;
    const columns = g.reshape(gathered, [batch, groups, rows, product(positions)]);
    const responses = g.reshape(dy, [batch, groups, filters / groups, product(positions)]);
    const sum = g.reduceSum(g.matMul(responses, g.transposeMatrices(columns)), [0], false);
    return g.reshape(sum, [filters, rows, 1]);
  });
  return g.concat(steps, 2);
}

/** One product over batch and space: [groups, M / groups, C / groups · taps]. */
function overBatchAndSpace(g: Algebra, x: Value, dy: Value, window: Window, groups: number): Value {
  const [batch, channels] = g.dims(x);
  const [filters, positions] = [g.size(dy, 1), g.space(dy)];
  const taps = product(window.kernel);
  const batchLast = [...positions.map((_, i) => i + 1), positions.length + 1, 0];
  const padded = withBorder(g, g.transpose(x, batchLast), 1, window, positions);
  const sizes = g.dims(padded).slice(1, -1) as number[];
  const places = g.reshape(padded, [channels, product(sizes), batch]);
  const met = g.constant(placesMet(window, sizes, positions));
  const gathered = g.op('Gather', [places, met], { axis: 1 });
  const columns = g.reshape(gathered, [groups, (channels! / groups) * taps, undefined]);
  const responses = g.reshape(g.transpose(dy, batchLast), [groups, filters / groups, undefined]);
  return g.matMul(responses, g.transposeMatrices(columns));
}

/** The images with the zeros around them that windows meet. @param first the first axis of space. */
function withBorder(
  g: Algebra,
  x: Value,
  first: number,
  { kernel, strides, dilations, begin }: Window,
  positions: readonly number[],
): Value {
  const dims = g.dims(x);
  const end = kernel.map((size, i) => {
    const reach = strides[i] * (positions[i] - 1) + dilations[i] * (size - 1) + 1;
    return Math.max(0, reach - dims[first + i]! - begin[i]);
  });
  const around = (zeros: readonly number[]): number[] =>
    dims.map((_, axis) => zeros[axis - first] ?? 0);
  return g.pad(x, around(begin), around(end));
}

/** For each tap of a kernel and each position the place in space, counted through, that they meet: [taps · positions]. */
function placesMet(
  { strides, dilations, kernel }: Window,
  sizes: readonly number[],
  positions: readonly number[],
) {
  const taps = placesOf(kernel.slice(0, sizes.length));
  const all = placesOf(positions);
  return integers(
    taps.flatMap(tap =>
      all.map(position =>
        sizes.reduce(
          (place, size, i) => place * size + strides[i] * position[i] + dilations[i] * tap[i],
          0,
        ),
      ),
    ),
  );
}

/** All places in a box, the last axis fastest. */
const placesOf = (box: readonly number[]): number[][] =>
  box.reduce<number[][]>(
    (places, size) =>
      places.flatMap(place => Array.from({ length: size }, (_, k) => [...place, k])),
    [[]],
  );
