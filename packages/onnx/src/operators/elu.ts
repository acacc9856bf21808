import { getFloat } from '../attribute.js';
import { unary } from '../families/unary.js';
import type { Node } from '../graph.js';

/** x where positive, else α(eˣ − 1). */
export const elu = unary('Elu', (x, node) => (x > 0 ? x : alphaOf(node) * Math.expm1(x)), {
  inDouble: (g, node) => {
    const [x] = node.inputs;
    const below = g.where(g.greater(x, 0), 0, x);
    return g.where(g.greater(x, 0), x, g.mul(g.sub(g.exp(below), 1), alphaOf(node)));
  },
  derivative: ({ g, x, y, node }) => g.where(g.greater(x, 0), 1, g.add(y, alphaOf(node))),
});

const alphaOf = (node: Node): number => getFloat(node, 'alpha', 1);
