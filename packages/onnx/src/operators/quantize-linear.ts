import type { Operator } from '../operator.js';
import { dimsOf, hasInput, typeOf } from '../shapes/application.js';
import { statedType } from '../shapes/stated-type.js';

/** round(x / scale) + zero point, cut to the range of the zero point's type. */
export const quantizeLinear: Operator = {
  name: 'QuantizeLinear',
  inputs: [2, 3],
  quantised: true,
  infer: application => {
    const implied = hasInput(application, 2) ? typeOf(application, 2) : 'uint8';
    const type = statedType(application.node, 'output_dtype') ?? implied;
    return [{ type, dims: dimsOf(application, 0) }];
  },
};
