import type { Operator } from '../operator.js';
import { dimsOf } from '../shapes/application.js';
import { productDims } from '../shapes/product-dims.js';

/** The matrix product of 8-bit integers, zero points taken off, as 32-bit integers. */
export const matMulInteger: Operator = {
  name: 'MatMulInteger',
  inputs: [2, 4],
  quantised: true,
  infer: application => {
    const dims = productDims(dimsOf(application, 0), dimsOf(application, 1));
    return [{ type: 'int32', dims }];
  },
};
