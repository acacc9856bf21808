import { getInt } from '../attribute.js';
import type { Operator } from '../operator.js';
import { dimsOf, typeOf, valueOf } from '../shapes/application.js';
import { normaliseAxis } from '../shapes/normalise-axis.js';
import { numbersOf } from '../tensor.js';

/** A new axis, in which the entry at each index has one value and all others another. */
export const oneHot: Operator = {
  name: 'OneHot',
  inputs: [3, 3],
  infer: application => {
    const dims = dimsOf(application, 0);
    const [depth] = numbersOf(valueOf(application, 1));
    const axis = normaliseAxis(getInt(application.node, 'axis', -1), dims.length + 1);
    return [{ type: typeOf(application, 2), dims: dims.toSpliced(axis, 0, depth) }];
  },
};
