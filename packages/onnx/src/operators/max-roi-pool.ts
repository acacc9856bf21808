import { getInts } from '../attribute.js';
import type { Operator } from '../operator.js';
import { dimsOf, typeOf } from '../shapes/application.js';

/** The largest elements of a grid of cells in each region of interest. */
export const maxRoiPool: Operator = {
  name: 'MaxRoiPool',
  inputs: [2, 2],
  infer: application => {
    const [, channels] = dimsOf(application, 0);
    const [regions] = dimsOf(application, 1);
    const cells = getInts(application.node, 'pooled_shape', []);
    return [{ type: typeOf(application, 0), dims: [regions, channels, ...cells] }];
  },
};
