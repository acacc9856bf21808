import { getInts } from '../attribute.js';
import { moved } from '../shapes/fold.js';
import { stridedOffsets, strides } from '../shapes/offsets.js';
import { dimsOf } from '../shapes/application.js';
import type { Operator } from '../operator.js';

/** Its input with axes in another order: the reverse one unless `perm` says otherwise. */
export const transpose: Operator = {
  name: 'Transpose',
  gradient: ({ node, g }, [dy]) => {
    const order = getInts(node, 'perm', [...g.dims(dy!).keys()].toReversed());
    const back = order.map((_, axis) => order.indexOf(axis));
    return [() => g.transpose(dy!, back)];
  },
  infer: application => {
    const dims = dimsOf(application, 0);
    const order = getInts(application.node, 'perm', [...dims.keys()].toReversed());
    if (String(order.toSorted((a, b) => a - b)) !== String([...dims.keys()]))
      throw new Error(`perm [${order}] does not order the axes of [${dims}]`);
    const permuted = <T>(list: readonly T[]): T[] => order.map(axis => list[axis]);
    const places = () => stridedOffsets(permuted(dims), permuted(strides(dims)));
    return [moved(application.inputs[0], permuted(dims), places)];
  },
};
