import { convolvedDims } from '../convolution.js';
import { typeOf, type Operator } from '../operator.js';

/** An activation of a convolution. */
export const fusedConv: Operator = {
  name: 'FusedConv',
  domain: 'com.microsoft',
  infer: application => [{ type: typeOf(application, 0), dims: convolvedDims(application, 1) }],
};
