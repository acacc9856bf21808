import { getInts } from '../attribute.js';
import { numbersOf } from '../tensor.js';
import { indices } from './offsets.js';
import { dimsOf, normaliseAxis, typeOf, valueOf, type Operator } from './operator.js';

/** Its input cropped or padded with 0 about its centre to the sizes that it is given. */
export const centerCropPad: Operator = {
  name: 'CenterCropPad',
  infer: application => {
    const dims = [...dimsOf(application, 0)];
    const axes = getInts(application.node, 'axes', indices(dims.length));
    const sizes = numbersOf(valueOf(application, 1));
    if (sizes.length !== axes.length) throw new Error(`sizes [${sizes}] for axes [${axes}]`);
    axes.forEach((axis, i) => (dims[normaliseAxis(axis, dims.length)] = sizes[i]));
    return [{ type: typeOf(application, 0), dims }];
  },
};
