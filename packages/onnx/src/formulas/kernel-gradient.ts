import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';
import { extent, type Window } from '../shapes/window.js';
import { batchColumns, batchLast, placesMet, withBorder } from './columns.js';
import { turnedKernel } from './turned-kernel.js';

/**
 * The gradient of a convolution's kernel, dW[m, c, δ] = Σ over n, p of dy[n, m, p] · x[n, c, s·p + d·δ − pad]:
 * the shifted images side by side (im2col), times dy; or, where there is less to shift and the stride is 1, x times the shifted dy.
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
  const [forth, otherwise] = [shifted(g, x, dy), shifted(g, dy, x)];
  const back = otherwise < forth ? backWindow(window) : undefined;
  if (!back) return gradientByShifted(g, x, dy, window, groups);
  // as the gradient of the kernel that leads from dy to x
  return turnedKernel(g, gradientByShifted(g, dy, x, back, groups), groups);
}

/** Elements that a tap takes from what is shifted to where the other one is. */
const shifted = (g: Algebra, what: Value, where: Value): number =>
  g.size(what, 1) * product(g.space(where));

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

/** The window of the kernel that leads back from positions to places, turned; undefined where it would step or leave places out. */
function backWindow(window: Window): Window | undefined {
  const { kernel, strides, dilations } = window;
  const reach = kernel.map((size, i) => extent(size, dilations[i]) - 1);
  if (strides.some(stride => stride > 1) || product(kernel) === 1) return undefined;
  const [begin, end] = [window.begin, window.end].map(side => side.map((pad, i) => reach[i] - pad));
  return begin.some(zeros => zeros < 0) ? undefined : { ...window, begin, end };
}

/** By shifting what is called x here. */
function gradientByShifted(g: Algebra, x: Value, dy: Value, window: Window, groups: number): Value {
  const [channels, filters] = [g.size(x, 1), g.size(dy, 1)];
  const [image, positions] = [product(g.space(x)), product(g.space(dy))];
  const entries = (filters * channels * product(window.kernel)) / groups;
  // what an image adds to the kernel, against what it takes to put the batch behind space
  const sum = entries > channels * image + filters * positions ? overBatchAndSpace : imageByImage;
  return g.reshape(sum(g, x, dy, window, groups), [filters, channels / groups, ...window.kernel]);
}

/**
 * One product an image and a step along the last axis, summed over the images: [groups, M / groups, C / groups · taps, steps]. Whole
 * lines of images are gathered, which takes a third of what cutting out each shifted image does. The runtime copies
 * the second factor of a product, so that is the one with fewer rows.
 */
function imageByImage(g: Algebra, x: Value, dy: Value, window: Window, groups: number): Value {
  const steps = columnsOfSteps(g, x, dy, window, groups);
  const responses = responsesOf(g, dy, groups);
  const [filters, rows] = [g.size(responses, 2), g.size(steps[0], 2)];
  if (filters >= rows) {
    const each = steps.map(columns =>
      sumOfProducts(g, responses, columns, [groups, filters, rows, 1]),
    );
    return g.concat(each, 3);
  }
  const each = steps.map(columns =>
    sumOfProducts(g, columns, responses, [groups, rows, 1, filters]),
  );
  return g.transpose(g.concat(each, 2), [0, 3, 1, 2]);
}

/** Σ over images of a bᵀ, under other dims. */
function sumOfProducts(g: Algebra, a: Value, b: Value, dims: readonly number[]): Value {
  const products = g.matMul(a, g.transposeMatrices(b));
  return g.reshape(g.reduceSum(products, [0], false), dims);
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
  const responses = responsesOf(g, dy, groups);
  const steps = columnsOfSteps(g, x, dy, window, groups).map(columns =>
    g.reshape(g.matMul(responses, g.transposeMatrices(columns)), [
      undefined,
      size / window.kernel.at(-1)!,
      1,
    ]),
  );
  return g.reshape(g.concat(steps, 2), [undefined, size]);
}

/** dy as [N, groups, M / groups, positions]. */
function responsesOf(g: Algebra, dy: Value, groups: number): Value {
  const [batch, filters] = [g.dims(dy)[0], g.size(dy, 1)];
  return g.reshape(dy, [batch, groups, filters / groups, product(g.space(dy))]);
}

/** What the windows meet, for each tap along the last axis: [N, groups, C / groups · taps along the others, positions]. */
function columnsOfSteps(
  g: Algebra,
  x: Value,
  dy: Value,
  window: Window,
  groups: number,
): readonly Value[] {
  const [batch, channels] = g.dims(x);
  const positions = g.space(dy);
  const { kernel, strides, dilations } = window;
  const last = kernel.length - 1;
  const rows = (channels! / groups) * product(kernel.slice(0, last));
  const dims = [batch, groups, rows, product(positions)];
  if (seesAll(window)) return [g.reshape(x, dims)];
  const padded = withBorder(g, x, 2, window, positions);
  const sizes = g.space(padded);
  const lines = g.reshape(padded, [batch, channels, product(sizes.slice(0, last)), sizes[last]]);
  const met = placesMet(g, window, sizes.slice(0, last), positions.slice(0, last));
  return Array.from({ length: kernel[last] }, (_, k) => {
    const start = k * dilations[last];
    const end = start + strides[last] * (positions[last] - 1) + 1;
    const shifted = g.slice(lines, [3], [start], [end], [strides[last]]);
    const gathered = last === 0 ? shifted : g.op('Gather', [shifted, met], { axis: 2 });
    return g.reshape(gathered, dims);
  });
}

/** Whether each position meets one place, its own. */
const seesAll = ({ kernel, strides, begin, end }: Window): boolean =>
  product(kernel) === 1 && product(strides) === 1 && [...begin, ...end].every(zeros => zeros === 0);

/** One product over batch and space: [groups, M / groups, C / groups · taps]. */
function overBatchAndSpace(g: Algebra, x: Value, dy: Value, window: Window, groups: number): Value {
  const [filters, positions] = [g.size(dy, 1), g.space(dy)];
  const columns = batchColumns(g, x, { window, groups, positions });
  const responses = g.reshape(batchLast(g, dy), [groups, filters / groups, undefined]);
  return g.matMul(responses, g.transposeMatrices(columns));
}
