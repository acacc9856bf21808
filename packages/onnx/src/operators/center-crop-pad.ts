import { getInts } from '../attribute.js';
import { spread } from '../formulas/spread.js';
import type { Operator } from '../operator.js';
import { dimsOf, typeOf, valueOf } from '../shapes/application.js';
import { normaliseAxis } from '../shapes/normalise-axis.js';
import { indices } from '../shapes/offsets.js';
import { numbersOf } from '../tensor.js';

/** Its input cropped or padded with 0 about its centre to the sizes that it is given. */
export const centerCropPad: Operator = {
  name: 'CenterCropPad',
  inputs: [2, 2],
  /** Elements go back to their places; those that were cropped get 0. */
  gradient: ({ inputs: [x], g }, [dy]) => [
    () =>
      indices(g.dims(x).length).reduce((whole, axis) => {
        if (g.sameSize(x, axis, whole, axis)) return whole;
        const [from, to] = [g.size(x, axis), g.size(whole, axis)];
        const first = from > to ? Math.floor((from - to) / 2) : -Math.floor((to - from) / 2);
        return spread(g, whole, axis, { first, step: 1 }, from);
      }, dy!),
  ],
  infer: application => {
    const dims = [...dimsOf(application, 0)];
    const axes = getInts(application.node, 'axes', indices(dims.length));
    const sizes = numbersOf(valueOf(application, 1));
    if (sizes.length !== axes.length)
      throw new Error(`expected one size for each of axes [${axes}], got [${sizes}]`);
    axes.forEach((axis, i) => (dims[normaliseAxis(axis, dims.length)] = sizes[i]));
    return [{ type: typeOf(application, 0), dims }];
  },
};
