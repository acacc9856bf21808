import { getInt } from '../attribute.js';
import type { Node } from '../graph.js';

/**
 * Number of groups of channels of a convolution.
 * @param filters first size of its weights
 * @throws where they cannot be divided among so many.
 */
export function groupsOf(node: Node, filters: number): number {
  const group = getInt(node, 'group', 1);
  if (group < 1 || filters % group !== 0)
    throw new Error(`group ${group} does not divide ${filters}, the first size of its weights`);
  return group;
}
