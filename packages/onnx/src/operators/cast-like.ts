import type { Operator } from '../operator.js';
import { typeOf } from '../shapes/application.js';
import { converted } from '../shapes/converted.js';

/** Its first input as the element type of its second. */
export const castLike: Operator = {
  name: 'CastLike',
  inputs: [2, 2],
  gradient: ({ g, inputs: [x] }, [dy]) => [() => g.castLike(dy!, x)],
  infer: application => [converted(application, typeOf(application, 1))],
};
