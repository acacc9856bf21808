import type { Operator } from '../operator.js';
import { typeOf, valueOf } from '../shapes/application.js';
import { numbersOf } from '../tensor.js';

/** The places that affine maps take the points of a regular grid to. */
export const affineGrid: Operator = {
  name: 'AffineGrid',
  inputs: [2, 2],
  infer: application => {
    const [batch, , ...sizes] = numbersOf(valueOf(application, 1));
    return [{ type: typeOf(application, 0), dims: [batch, ...sizes, sizes.length] }];
  },
};
