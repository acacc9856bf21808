import { getInt, getInts } from '../attribute.js';
import { sizeOf } from '../tensor.js';
import type { HeadRule } from './head-rule.js';

/** A convolution is linear in the features where it sees all of space, or is averaged over it. */
export const convolutionHead: HeadRule = (node, { dims, isConstant, averaged }) => {
  const [features, name] = node.inputs;
  const weight = dims(name);
  if (!isConstant(name) || getInt(node, 'group', 1) !== 1 || weight.length !== 4) return undefined;
  const [kernel, before, after] = [weight, dims(features), dims(node.outputs[0])].map(sizes =>
    sizeOf(sizes.slice(2)),
  );
  const padded = getInts(node, 'pads', []).some(pad => pad > 0);
  if (after === 1 && !padded && kernel === before)
    return { pooling: 'flatten', size: sizeOf(weight.slice(1)), outputs: weight[0] };
  const pointwise = kernel === 1 && !padded && after === before && averaged === 'channels first';
  return pointwise ? { pooling: 'average', size: weight[1], outputs: weight[0] } : undefined;
};
