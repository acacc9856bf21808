import type { Operator } from '../operator.js';
import { dimsOf, typeOf } from '../shapes/application.js';
import { statedType } from '../shapes/stated-type.js';

/** 1 on a diagonal of a matrix of the dims of its input, else 0. */
export const eyeLike: Operator = {
  name: 'EyeLike',
  inputs: [1, 1],
  infer: application => {
    const type = statedType(application.node) ?? typeOf(application, 0);
    return [{ type, dims: dimsOf(application, 0) }];
  },
};
