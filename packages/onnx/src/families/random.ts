import { getInts } from '../attribute.js';
import type { Operator } from '../operator.js';
import { dimsOf, typeOf } from '../shapes/application.js';
import { statedType } from '../shapes/stated-type.js';

/** An operator that draws random numbers of the dims in its attribute. */
export const generated = (name: string): Operator => ({
  name,
  inputs: [0, 0],
  random: true,
  infer: ({ node }) => {
    const dims = getInts(node, 'shape', undefined);
    if (!dims) throw new Error('attribute shape is missing');
    return [{ type: statedType(node) ?? 'float32', dims }];
  },
});

/** An operator that draws random numbers of the dims of its input. */
export const generatedLike = (name: string): Operator => ({
  name,
  inputs: [1, 1],
  random: true,
  infer: application => {
    const type = statedType(application.node) ?? typeOf(application, 0);
    return [{ type, dims: dimsOf(application, 0) }];
  },
});
