import { dimsOf, typeOf, type Operator } from './operator.js';

/** Elements of the data along an axis, one for each index: Y[a, i, b] = X[a, index[a, i, b], b]. */
export const gatherElements: Operator = {
  name: 'GatherElements',
  infer: application => [{ type: typeOf(application, 0), dims: dimsOf(application, 1) }],
};
