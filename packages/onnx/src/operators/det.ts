import type { Operator } from '../operator.js';
import { dimsOf, typeOf } from '../shapes/application.js';

/** The determinant of each square matrix. */
export const det: Operator = {
  name: 'Det',
  inputs: [1, 1],
  infer: application => {
    const dims = dimsOf(application, 0);
    if (dims.length < 2 || dims.at(-1) !== dims.at(-2)) throw new Error(`[${dims}] is not square`);
    return [{ type: typeOf(application, 0), dims: dims.slice(0, -2) }];
  },
};
