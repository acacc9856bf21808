import { getInt } from '../attribute.js';
import type { Operator } from '../operator.js';
import { dimsOf } from '../shapes/application.js';
import { statedType } from '../shapes/stated-type.js';

/** Classes drawn with the probabilities whose logarithms its input holds. */
export const multinomial: Operator = {
  name: 'Multinomial',
  inputs: [1, 1],
  random: true,
  infer: application => {
    const [batch] = dimsOf(application, 0);
    const dims = [batch, getInt(application.node, 'sample_size', 1)];
    return [{ type: statedType(application.node) ?? 'int32', dims }];
  },
};
