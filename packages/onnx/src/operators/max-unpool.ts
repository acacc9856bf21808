import { getInts } from '../attribute.js';
import type { Operator } from '../operator.js';
import { dimsOf, hasInput, typeOf, valueOf, type Application } from '../shapes/application.js';
import { windowOf } from '../shapes/window.js';
import { numbersOf } from '../tensor.js';

/** Its input's elements put back where a max-pool took them from, 0 elsewhere. */
export const maxUnpool: Operator = {
  name: 'MaxUnpool',
  inputs: [2, 3],
  gradient: ({ inputs: [x, places], g }, [dy]) => [
    () => {
      const [flat, at] = [dy!, places].map(value => g.reshape(value, [undefined]));
      return g.reshapeLike(g.op('GatherElements', [flat, at], { axis: 0 }), x);
    },
  ],
  infer: application => {
    const stated = hasInput(application, 2) ? numbersOf(valueOf(application, 2)) : undefined;
    return [{ type: typeOf(application, 0), dims: stated ?? unpooledDims(application) }];
  },
};

function unpooledDims(application: Application): number[] {
  const [batch, channels, ...sizes] = dimsOf(application, 0);
  const kernel = getInts(application.node, 'kernel_shape', []);
  const { strides, begin, end } = windowOf(application.node, kernel, sizes);
  const space = sizes.map((size, i) => (size - 1) * strides[i] + kernel[i] - begin[i] - end[i]);
  return [batch, channels, ...space];
}
