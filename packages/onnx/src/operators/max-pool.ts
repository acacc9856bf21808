import { typeOf, type Operator } from './operator.js';
import { pooledDims } from './pooling.js';

/** The largest element of each window, and on request its place in the flattened input. */
export const maxPool: Operator = {
  name: 'MaxPool',
  infer: application => {
    const dims = pooledDims(application);
    return [
      { type: typeOf(application, 0), dims },
      { type: 'int64', dims },
    ];
  },
  /** dx = Σ dy over the windows that took their element from here. */
  gradient: ({ node, inputs: [x], g }, [dy]) => [
    () => {
      const [, places] = g.extend(node, 2);
      const zeros = g.reshape(g.zerosLike(x), [undefined]);
      const flat = [places, dy!].map(value => g.reshape(value, [undefined]));
      const sums = g.op('ScatterElements', [zeros, ...flat], { axis: 0, reduction: 'add' });
      return g.reshapeLike(sums, x);
    },
  ],
};
