import { elementwise } from '../coupling/kept-along.js';
import { samePlace } from '../layers/reach-rule.js';
import type { Operator } from '../operator.js';
import { dimsOf } from '../shapes/application.js';
import { keptAxes } from '../shapes/axes.js';
import { odd } from '../symmetry/odd.js';
import { pointwise } from '../symmetry/pointwise.js';

/** Its input. */
export const identity: Operator = {
  name: 'Identity',
  inputs: [1, 1],
  symmetry: pointwise(odd),
  reach: samePlace,
  axes: keptAxes,
  coupling: elementwise,
  carries: 'in order',
  gradient: (_, [dy]) => [() => dy!],
  infer: application => [{ ...application.inputs[0], dims: dimsOf(application, 0) }],
};
