import type { Operator } from '../operator.js';
import { typeOf } from '../shapes/application.js';
import { convolvedDims } from '../shapes/convolved-dims.js';

/** The convolution of quantised numbers, quantised again. */
export const qLinearConv: Operator = {
  name: 'QLinearConv',
  inputs: [8, 9],
  quantised: true,
  infer: application => [{ type: typeOf(application, 7), dims: convolvedDims(application, 3) }],
};
