import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';
import { lastFirst, takenTaps } from './taken-taps.js';

/** The kernel from outputs to inputs, backwards along space: [C, M / groups, kernel…]. */
export function turnedKernel(g: Algebra, weights: Value, groups: number): Value {
  const swapped = swappedKernel(g, weights, groups);
  const kernel = g.space(weights);
  return kernel.every(size => size === 1) ? swapped : takenTaps(g, swapped, kernel.map(lastFirst));
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
