import { convolvedDims } from './convolution.js';
import { typeOf, type Operator } from './operator.js';

/** Y[n, m, p] = b[m] + Σ_{c, δ} W[m, c, δ] X[n, c, s·p + d·δ − pad], within groups of channels. */
export const conv: Operator = {
  name: 'Conv',
  infer: application => [{ type: typeOf(application, 0), dims: convolvedDims(application, 1) }],
};
