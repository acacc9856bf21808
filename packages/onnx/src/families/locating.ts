import { getInt } from '../attribute.js';
import type { Operator } from '../operator.js';
import { dimsOf } from '../shapes/application.js';
import { normaliseAxis } from '../shapes/normalise-axis.js';
import { reducedDims } from '../shapes/reduced-axes.js';

/** An operator that gives the place of an element along an axis. */
export const locating = (name: string): Operator => ({
  name,
  inputs: [1, 1],
  infer: application => {
    const dims = dimsOf(application, 0);
    const axis = normaliseAxis(getInt(application.node, 'axis', 0), dims.length);
    const keep = getInt(application.node, 'keepdims', 1) === 1;
    return [{ type: 'int64', dims: reducedDims(dims, [axis], keep) }];
  },
});
