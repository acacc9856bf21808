import { getInts } from '../attribute.js';
import type { Node } from '../graph.js';
import type { Operator } from '../operator.js';
import { dimsOf } from '../shapes/application.js';
import { moved } from '../shapes/fold.js';
import { indices, stridedOffsets, strides } from '../shapes/offsets.js';
import { permuted } from '../symmetry/regrouped.js';

/** Its input with axes in another order: the reverse one unless `perm` says otherwise. */
export const transpose: Operator = {
  name: 'Transpose',
  inputs: [1, 1],
  symmetry: permuted,
  coupling: ({ node, dims, tie }) => {
    const [[input], [output]] = [node.inputs, node.outputs];
    orderOf(node, dims(input).length).forEach((axis, i) => tie([input, axis], [output, i]));
  },
  axes: orderOf,
  carries: 'in another order',
  gradient: ({ node, g }, [dy]) => {
    const order = orderOf(node, g.dims(dy!).length);
    const back = order.map((_, axis) => order.indexOf(axis));
    return [() => g.transpose(dy!, back)];
  },
  infer: application => {
    const dims = dimsOf(application, 0);
    const order = orderOf(application.node, dims.length);
    if (String(order.toSorted((a, b) => a - b)) !== String([...dims.keys()]))
      throw new Error(`perm [${order}] is not a permutation of the axes of [${dims}]`);
    const reordered = <T>(list: readonly T[]): T[] => order.map(axis => list[axis]);
    const places = () => stridedOffsets(reordered(dims), reordered(strides(dims)));
    return [moved(application.inputs[0], reordered(dims), places)];
  },
};

function orderOf(node: Node, rank: number): readonly number[] {
  return getInts(node, 'perm', indices(rank).toReversed());
}
