import { getInt } from '../attribute.js';
import type { Operator } from '../operator.js';
import { dimsOf, typeOf } from '../shapes/application.js';
import { normaliseAxis } from '../shapes/normalise-axis.js';
import { sizeOf } from '../tensor.js';

/** The different elements (or slices) of its input, where each occurs first, which each is, how often. */
export const unique: Operator = {
  name: 'Unique',
  inputs: [1, 1],
  outputs: [1, 4],
  infer: application => {
    const dims = dimsOf(application, 0);
    const axis = getInt(application.node, 'axis', undefined);
    const places = axis === undefined ? sizeOf(dims) : dims[normaliseAxis(axis, dims.length)];
    const open = { type: 'int64' } as const;
    return [{ type: typeOf(application, 0) }, open, { ...open, dims: [places] }, open];
  },
};
