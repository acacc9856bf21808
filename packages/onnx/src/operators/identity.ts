import { dimsOf } from '../shapes/application.js';
import type { Operator } from '../operator.js';

/** Its input. */
export const identity: Operator = {
  name: 'Identity',
  gradient: (_, [dy]) => [() => dy!],
  infer: application => [{ ...application.inputs[0], dims: dimsOf(application, 0) }],
};
