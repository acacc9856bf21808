import type { Operator } from '../operator.js';
import { dimsOf } from '../shapes/application.js';
import { integers, sizeOf } from '../tensor.js';

/** The number of elements of its input as an int64 scalar. */
export const size: Operator = {
  name: 'Size',
  inputs: [1, 1],
  ofDims: true,
  infer: application => {
    const value = integers([sizeOf(dimsOf(application, 0))], []);
    return [{ type: 'int64', dims: [], value }];
  },
};
