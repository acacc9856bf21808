import { getFloat } from '../attribute.js';
import { unary } from '../families/unary.js';
import type { Node } from '../graph.js';

/** x + bias below −λ, x − bias above λ, else 0. */
export const shrink = unary('Shrink', curve, {
  derivative: ({ g, x, node }) => g.choose(g.greater(g.abs(x), thresholdOf(node)), 1, 0, x),
});

const thresholdOf = (node: Node): number => getFloat(node, 'lambd', 0.5);

function curve(x: number, node: Node): number {
  return Math.abs(x) > thresholdOf(node) ? x - Math.sign(x) * getFloat(node, 'bias', 0) : 0;
}
