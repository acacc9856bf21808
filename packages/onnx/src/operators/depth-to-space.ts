import { getInt, getString } from '../attribute.js';
import type { Operator } from '../operator.js';
import { dimsOf, typeOf } from '../shapes/application.js';

/** Groups of channels spread over square blocks of space. */
export const depthToSpace: Operator = {
  name: 'DepthToSpace',
  inputs: [1, 1],
  gradient: ({ node, inputs: [x], g }, [dy]) => [
    () => {
      const block = getInt(node, 'blocksize', 1);
      if (getString(node, 'mode', 'DCR') === 'DCR')
        return g.op('SpaceToDepth', [dy!], { blocksize: block });
      const [batch, depth] = g.dims(dy!);
      const [height, width] = g.space(x);
      const apart = g.reshape(dy!, [batch, depth, height, block, width, block]);
      return g.reshapeLike(g.transpose(apart, [0, 1, 3, 5, 2, 4]), x);
    },
  ],
  infer: application => {
    const [batch, channels, ...sizes] = dimsOf(application, 0);
    const block = getInt(application.node, 'blocksize', 1);
    const depth = channels / block ** 2;
    if (!Number.isInteger(depth))
      throw new Error(`${channels} channels are not divisible by the square of blocksize ${block}`);
    const dims = [batch, depth, ...sizes.map(size => size * block)];
    return [{ type: typeOf(application, 0), dims }];
  },
};
