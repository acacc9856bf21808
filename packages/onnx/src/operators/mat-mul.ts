import { productDims } from './matrix-product.js';
import { dimsOf, typeOf, type Operator } from './operator.js';

/** The matrix product over the last two axes, broadcast over the others (NumPy's matmul). */
export const matMul: Operator = {
  name: 'MatMul',
  infer: application => {
    const dims = productDims(dimsOf(application, 0), dimsOf(application, 1));
    return [{ type: typeOf(application, 0), dims }];
  },
};
