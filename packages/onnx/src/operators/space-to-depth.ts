import { getInt } from '../attribute.js';
import type { Operator } from '../operator.js';
import { dimsOf, typeOf } from '../shapes/application.js';

/** Square blocks of space stacked as channels. */
export const spaceToDepth: Operator = {
  name: 'SpaceToDepth',
  inputs: [1, 1],
  gradient: ({ node, g }, [dy]) => [
    () => g.op('DepthToSpace', [dy!], { blocksize: getInt(node, 'blocksize', 1) }),
  ],
  infer: application => {
    const [batch, channels, ...sizes] = dimsOf(application, 0);
    const block = getInt(application.node, 'blocksize', 1);
    const space = sizes.map(size => size / block);
    if (!space.every(Number.isInteger))
      throw new Error(`sizes [${sizes}] are not divisible by blocksize ${block}`);
    return [{ type: typeOf(application, 0), dims: [batch, channels * block ** 2, ...space] }];
  },
};
