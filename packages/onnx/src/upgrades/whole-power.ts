import { getFloat } from '../attribute.js';
import { rewritten } from './rewritten.js';
import type { Upgrade } from './upgrade.js';

/** In opset 1 the power p of a pool was a float. */
export const wholePower: Upgrade = {
  since: 2,
  rewrite: ({ node }) => {
    const p = getFloat(node, 'p', 2);
    if (!Number.isInteger(p)) throw new Error(`p is ${p}, but later opsets allow integers only`);
    return [rewritten(node, { set: { p } })];
  },
};
