import { getInt } from '../attribute.js';
import type { Operator } from '../operator.js';
import { dimsOf, typeOf } from '../shapes/application.js';

/** Slices of the data at index tuples, which the last axis of the indices holds. */
export const gatherNd: Operator = {
  name: 'GatherND',
  inputs: [2, 2],
  gradient: ({ node, inputs: [x, places], g }, [dy]) => [
    () => {
      if (getInt(node, 'batch_dims', 0) !== 0)
        throw new Error('its gradient is not implemented for batch_dims other than 0');
      return g.op('ScatterND', [g.zerosLike(x), places, dy!], { reduction: 'add' });
    },
  ],
  infer: application => {
    const data = dimsOf(application, 0);
    const indices = dimsOf(application, 1);
    const batched = getInt(application.node, 'batch_dims', 0);
    const taken = batched + indices[indices.length - 1];
    if (taken > data.length)
      throw new Error(
        `indices of dims [${indices}] index more axes than data of dims [${data}] has`,
      );
    return [
      { type: typeOf(application, 0), dims: [...indices.slice(0, -1), ...data.slice(taken)] },
    ];
  },
};
