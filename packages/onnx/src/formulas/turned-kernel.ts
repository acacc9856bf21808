import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';
import { sizeOf } from '../tensor.js';
import { takenTaps } from './taken-taps.js';

/** The kernel from outputs to inputs, backwards along space: [C, M / groups, kernel…]. */
export function turnedKernel(g: Algebra, weights: Value, groups: number): Value {
  const swapped = swappedKernel(g, weights, groups);
  const taps = sizeOf(g.space(weights));
  if (taps === 1) return swapped;
  const lastFirst = Array.from({ length: taps }, (_, i) => taps - 1 - i);
  return g.reshape(takenTaps(g, swapped, lastFirst), g.dims(swapped));
}

/** Inputs and outputs exchanged within each group: [C, M / groups, kernel…]. */
export function swappedKernel(g: Algebra, weights: Value, groups: number): Value {
  const space = g.space(weights);
  const [filters, perGroup] = [g.size(weights, 0), g.size(weights, 1)];
  const axes = space.map((_, i) => i + 2);
  if (groups === 1) return g.transpose(weights, [1, 0, ...axes]);
  if (filters === groups && perGroup === 1) return weights;
  const grouped = g.reshape(weights, [groups, filters / groups, perGroup, ...space]);
  const swapped = g.transpose(grouped, [0, 2, 1, ...axes.map(axis => axis + 1)]);
  return g.reshape(swapped, [groups * perGroup, filters / groups, ...space]);
}
