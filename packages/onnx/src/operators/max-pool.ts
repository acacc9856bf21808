import { typeOf, type Operator } from './operator.js';
import { pooledDims } from './pooling.js';

/** The largest element of each window, and on request its place in the flattened input. */
export const maxPool: Operator = {
  name: 'MaxPool',
  infer: application => {
    const dims = pooledDims(application);
    return [
      { type: typeOf(application, 0), dims },
      { type: 'int64', dims },
    ];
  },
};
