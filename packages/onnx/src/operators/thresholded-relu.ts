import { getFloat } from '../attribute.js';
import { unary } from '../families/unary.js';
import type { Node } from '../graph.js';

/** x where it is above α, else 0. */
export const thresholdedRelu = unary(
  'ThresholdedRelu',
  (x, node) => (x > thresholdOf(node) ? x : 0),
  {
    derivative: ({ g, x, node }) => g.choose(g.greater(x, thresholdOf(node)), 1, 0, x),
  },
);

const thresholdOf = (node: Node): number => getFloat(node, 'alpha', 1);
