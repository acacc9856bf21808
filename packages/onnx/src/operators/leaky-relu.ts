import { getFloat } from '../attribute.js';
import { unary } from '../families/unary.js';
import type { Node } from '../graph.js';

/** x where positive, else α·x. */
export const leakyRelu = unary('LeakyRelu', (x, node) => (x > 0 ? x : slopeOf(node) * x), {
  rectifies: () => true,
  inDouble: (g, node) => {
    const [x] = node.inputs;
    return g.where(g.greater(x, 0), x, g.mul(x, slopeOf(node)));
  },
  derivative: ({ g, x, node }) => g.choose(g.greater(x, 0), 1, slopeOf(node), x),
});

const slopeOf = (node: Node): number => getFloat(node, 'alpha', 0.01);
