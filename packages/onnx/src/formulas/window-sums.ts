import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';
import type { Window } from '../shapes/window.js';
import { batchColumns } from './columns.js';

/** Sums over windows of each channel, zeros around the map: [N, C, positions…]. @param x [N, C, sizes…]. */
export function windowSums(
  g: Algebra,
  x: Value,
  window: Window,
  positions: readonly number[],
): Value {
  const [batch, channels] = g.dims(x);
  const columns = batchColumns(g, x, { window, groups: channels!, positions });
  const sums = g.reshape(g.reduceSum(columns, [1], false), [channels, ...positions, batch]);
  const axes = positions.map((_, i) => i + 1);
  return g.transpose(sums, [positions.length + 1, 0, ...axes]);
}
