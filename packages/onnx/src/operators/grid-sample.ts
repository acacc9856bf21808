import type { Operator } from '../operator.js';
import { dimsOf, typeOf } from '../shapes/application.js';

/** Interpolated samples of the input at the places that a grid says. */
export const gridSample: Operator = {
  name: 'GridSample',
  inputs: [2, 2],
  infer: application => {
    const [batch, channels] = dimsOf(application, 0);
    const grid = dimsOf(application, 1);
    return [{ type: typeOf(application, 0), dims: [batch, channels, ...grid.slice(1, -1)] }];
  },
};
