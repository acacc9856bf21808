import { broadcast } from './broadcast.js';
import { foldElementwise } from './fold.js';
import { dimsOf, typeOf, type Operator } from './operator.js';

/** a where the condition holds, else b; all three broadcast. */
export const where: Operator = {
  name: 'Where',
  infer: application => {
    const type = typeOf(application, 1);
    const dims = broadcast(...[0, 1, 2].map(i => dimsOf(application, i)));
    const value = foldElementwise(application.inputs, type, (holds, a, b) => (holds ? a : b));
    return [{ type, dims, value }];
  },
};
