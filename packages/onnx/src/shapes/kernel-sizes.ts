import { getInts } from '../attribute.js';
import type { Node } from '../graph.js';

/**
 * Sizes of the kernel of a convolution.
 * @param weights their dims
 * @param rank number of axes of what is convolved
 * @throws where the weights are of another rank, or the attribute kernel_shape is not theirs.
 */
export function kernelSizes(
  node: Node,
  weights: readonly number[],
  rank: number,
): readonly number[] {
  if (rank < 3 || weights.length !== rank)
    throw new Error(`weights [${weights}] are not those of an input of rank ${rank}`);
  const kernel = weights.slice(2);
  const stated = getInts(node, 'kernel_shape', kernel);
  if (String(stated) !== String(kernel))
    throw new Error(`kernel_shape [${stated}] is not that of its weights [${weights}]`);
  return kernel;
}
