import { getInt } from '../attribute.js';
import type { Operator } from '../operator.js';
import { dimsOf, typeOf } from '../shapes/application.js';

/** Elements of the data along an axis, one for each index: Y[a, i, b] = X[a, index[a, i, b], b]. */
export const gatherElements: Operator = {
  name: 'GatherElements',
  inputs: [2, 2],
  gradient: ({ node, inputs: [x, places], g }, [dy]) => [
    () =>
      g.op('ScatterElements', [g.zerosLike(x), places, dy!], {
        axis: getInt(node, 'axis', 0),
        reduction: 'add',
      }),
  ],
  infer: application => [{ type: typeOf(application, 0), dims: dimsOf(application, 1) }],
};
