import type { Algebra } from '../algebra/algebra.js';
import { isStatic, type Value } from '../algebra/known-values.js';
import { getInt } from '../attribute.js';
import type { Node } from '../graph.js';
import { windowOf, windowPositions, type Window } from '../shapes/window.js';

/** Most weights of the product: 128 MB. */
const mostWeights = 1 << 25;

/**
 * A convolution over a map that is no larger than its kernel as the linear map that it is: X [N, C · places] times a matrix
 * [C · places, M · positions] that holds for each place and position the weight of the tap that meets it, or 0. Taps that
 * meet only zeros around the map cost nothing so. Undefined for larger maps and for groups.
 */
export function denseConvolution(g: Algebra, one: Node): Value | undefined {
  const [x, weights, bias] = one.inputs;
  const [sizes, kernel] = [x, weights].map(value => g.dims(value).slice(2));
  if (!isStatic(sizes) || !isStatic(kernel) || getInt(one, 'group', 1) !== 1) return undefined;
  const window = windowOf(one, kernel, sizes);
  const positions = windowPositions(window, sizes);
  const [places, taps, count] = [sizes, kernel, positions].map(product);
  const [filters, channels] = [g.size(weights, 0), g.size(weights, 1)];
  if (places > taps || filters * channels * places * count > mostWeights) return undefined;
  const rows = g.reshape(x, [g.dims(x)[0], channels * places]);
  const responses = g.matMul(rows, denseWeights(g, weights, window, sizes, positions));
  const maps = g.reshape(responses, [g.dims(x)[0], filters, ...positions]);
  return bias ? g.add(maps, g.reshape(bias, [filters, ...positions.map(() => 1)])) : maps;
}

/** [C · places, M · positions] of weights [M, C, taps…]. */
function denseWeights(
  g: Algebra,
  weights: Value,
  window: Window,
  sizes: readonly number[],
  positions: readonly number[],
): Value {
  const [filters, channels] = [g.size(weights, 0), g.size(weights, 1)];
  const [places, taps, count] = [sizes, window.kernel, positions].map(product);
  const flat = g.reshape(weights, [filters, channels, taps]);
  const withZero = g.pad(flat, [0, 0, 0], [0, 0, 1]);
  const met = tapsMet(window, sizes, positions);
  const gathered = g.op('Gather', [withZero, g.integers(met)], { axis: 2 });
  const spread = g.reshape(gathered, [filters, channels, places, count]);
  return g.reshape(g.transpose(spread, [1, 2, 0, 3]), [channels * places, filters * count]);
}

/** For each place in space and each position of the window the tap that meets it, counted through; where none does, the number of taps. */
function tapsMet(
  { kernel, strides, dilations, begin }: Window,
  sizes: readonly number[],
  positions: readonly number[],
): number[] {
  const all = placesOf(positions);
  const none = product(kernel);
  return placesOf(sizes).flatMap(place =>
    all.map(position => {
      const taps = place.map((at, i) => (at + begin[i] - strides[i] * position[i]) / dilations[i]);
      const meets = taps.every((tap, i) => Number.isInteger(tap) && tap >= 0 && tap < kernel[i]);
      return meets ? taps.reduce((sum, tap, i) => sum * kernel[i] + tap, 0) : none;
    }),
  );
}

/** All places in a box, the last axis fastest. */
const placesOf = (box: readonly number[]): number[][] =>
  box.reduce<number[][]>(
    (places, size) =>
      places.flatMap(place => Array.from({ length: size }, (_, k) => [...place, k])),
    [[]],
  );

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);
