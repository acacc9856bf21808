import type { Operator } from '../operator.js';
import { dimsOf } from '../shapes/application.js';

/** Its input in 8 bits, with the scale and zero point that fit its range. */
export const dynamicQuantizeLinear: Operator = {
  name: 'DynamicQuantizeLinear',
  inputs: [1, 1],
  outputs: [3, 3],
  quantised: true,
  infer: application => [
    { type: 'uint8', dims: dimsOf(application, 0) },
    { type: 'float32', dims: [] },
    { type: 'uint8', dims: [] },
  ],
};
