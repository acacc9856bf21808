import { getFloat } from '../attribute.js';
import { unary } from '../families/unary.js';
import type { Node } from '../graph.js';
import { scaledCurve } from '../upgrades/scaled-curve.js';

/** α · tanh(β·x). */
export const scaledTanh = unary('ScaledTanh', curve, {
  derivative: ({ g, y, node }) => {
    const [alpha, beta] = factorsOf(node);
    return g.sub(alpha * beta, g.mul(g.square(y), beta / alpha));
  },
  upgrade: { since: 10, rewrite: old => scaledCurve(old, 'Tanh') },
});

const factorsOf = (node: Node): readonly number[] =>
  ['alpha', 'beta'].map(name => getFloat(node, name, 1));

function curve(x: number, node: Node): number {
  const [alpha, beta] = factorsOf(node);
  return alpha * Math.tanh(beta * x);
}
