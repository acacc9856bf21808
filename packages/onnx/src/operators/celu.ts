import { getFloat } from '../attribute.js';
import { unary } from '../families/unary.js';
import type { Node } from '../graph.js';

/** max(0, x) + min(0, α(e^(x/α) − 1)). */
export const celu = unary('Celu', curve, {
  derivative: ({ g, x, y, node }) => {
    const alpha = alphaOf(node);
    return g.where(g.greater(x, 0), 1, g.add(g.div(y, alpha), 1));
  },
});

const alphaOf = (node: Node): number => getFloat(node, 'alpha', 1);

function curve(x: number, node: Node): number {
  const alpha = alphaOf(node);
  return Math.max(0, x) + Math.min(0, alpha * Math.expm1(x / alpha));
}
