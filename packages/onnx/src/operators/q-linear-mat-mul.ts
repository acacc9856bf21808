import type { Operator } from '../operator.js';
import { dimsOf, typeOf } from '../shapes/application.js';
import { productDims } from '../shapes/product-dims.js';

/** The matrix product of quantised numbers, quantised again. */
export const qLinearMatMul: Operator = {
  name: 'QLinearMatMul',
  inputs: [8, 8],
  quantised: true,
  infer: application => {
    const dims = productDims(dimsOf(application, 0), dimsOf(application, 3));
    return [{ type: typeOf(application, 7), dims }];
  },
};
