import type { Operator } from '../operator.js';
import { dimsOf, typeOf } from '../shapes/application.js';
import { statedType } from '../shapes/stated-type.js';

/** (x − zero point) · scale. */
export const dequantizeLinear: Operator = {
  name: 'DequantizeLinear',
  inputs: [2, 3],
  quantised: true,
  infer: application => {
    const type = statedType(application.node, 'output_dtype') ?? typeOf(application, 1);
    return [{ type, dims: dimsOf(application, 0) }];
  },
};
