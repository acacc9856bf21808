import { getInt } from '../attribute.js';
import { dimsOf, typeOf, type Operator } from './operator.js';

/** Groups of channels spread over square blocks of space. */
export const depthToSpace: Operator = {
  name: 'DepthToSpace',
  infer: application => {
    const [batch, channels, ...sizes] = dimsOf(application, 0);
    const block = getInt(application.node, 'blocksize', 1);
    const depth = channels / block ** 2;
    if (!Number.isInteger(depth)) throw new Error(`${channels} channels for blocks of ${block}`);
    const dims = [batch, depth, ...sizes.map(size => size * block)];
    return [{ type: typeOf(application, 0), dims }];
  },
};
