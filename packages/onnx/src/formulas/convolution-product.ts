import type { Algebra } from '../algebra/algebra.js';
import { isStatic, type Value } from '../algebra/known-values.js';
import { getInt } from '../attribute.js';
import type { Node } from '../graph.js';
import { windowOf, windowPositions } from '../shapes/window.js';
import { batchColumns } from './columns.js';

/** Up to so many positions the runtime's convolution, one product an image, is slower than one product for the batch. */
const fewPositions = 64;

/**
 * A convolution as one product over the batch: W [M, C · taps] times what the windows of all images meet,
 * [C · taps, positions · N]. Undefined where it has more positions than `most`.
 */
export function convolutionProduct(g: Algebra, one: Node, most = fewPositions): Value | undefined {
  const [x, weights, bias] = one.inputs;
  const [sizes, kernel] = [x, weights].map(value => g.dims(value).slice(2));
  if (!isStatic(sizes) || !isStatic(kernel)) return undefined;
  const window = windowOf(one, kernel, sizes);
  const positions = windowPositions(window, sizes);
  const count = positions.reduce((a, b) => a * b, 1);
  if (count > most) return undefined;
  const [batch, filters, groups] = [g.dims(x)[0], g.size(weights, 0), getInt(one, 'group', 1)];
  const columns = batchColumns(g, x, { window, groups, positions });
  const rows = g.reshape(weights, [groups, filters / groups, g.size(columns, 1)]);
  const responses = g.reshape(g.matMul(rows, columns), [filters, count, batch]);
  const shifted = bias ? g.add(responses, g.reshape(bias, [filters, 1, 1])) : responses;
  return g.reshape(g.transpose(shifted, [2, 0, 1]), [batch, filters, ...positions]);
}
