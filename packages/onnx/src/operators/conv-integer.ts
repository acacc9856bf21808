import type { Operator } from '../operator.js';
import { convolvedDims } from '../shapes/convolved-dims.js';

/** The convolution of 8-bit integers, zero points taken off, as 32-bit integers. */
export const convInteger: Operator = {
  name: 'ConvInteger',
  inputs: [2, 4],
  quantised: true,
  infer: application => [{ type: 'int32', dims: convolvedDims(application, 1) }],
};
