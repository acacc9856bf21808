import type { Operator } from '../operator.js';
import { dimsOf } from '../shapes/application.js';
import { keptAxes } from '../shapes/axes.js';
import { odd } from '../symmetry/odd.js';
import { pointwise } from '../symmetry/pointwise.js';

/** Its input. */
export const identity: Operator = {
  name: 'Identity',
  symmetry: pointwise(odd),
  axes: keptAxes,
  carries: 'in order',
  gradient: (_, [dy]) => [() => dy!],
  infer: application => [{ ...application.inputs[0], dims: dimsOf(application, 0) }],
};
