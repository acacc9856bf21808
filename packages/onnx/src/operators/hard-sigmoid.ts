import { getFloat } from '../attribute.js';
import { unary } from '../families/unary.js';
import type { Node } from '../graph.js';

/** max(0, min(1, α·x + β)). */
export const hardSigmoid = unary('HardSigmoid', line, {
  derivative: ({ g, y, node }) =>
    g.choose(g.and(g.greater(y, 0), g.less(y, 1)), slopeOf(node), 0, y),
});

const slopeOf = (node: Node): number => getFloat(node, 'alpha', 0.2);

function line(x: number, node: Node): number {
  return Math.max(0, Math.min(1, slopeOf(node) * x + getFloat(node, 'beta', 0.5)));
}
