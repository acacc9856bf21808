import { getFloat } from '../attribute.js';
import { unary } from '../families/unary.js';
import type { Node } from '../graph.js';
import { scaledCurve } from '../upgrades/scaled-curve.js';

/** α · ln(1 + e^(β·x)). */
export const parametricSoftplus = unary('ParametricSoftplus', curve, {
  derivative: ({ g, x, node }) => {
    const [alpha, beta] = factorsOf(node);
    return g.mul(g.sigmoid(g.mul(x, beta)), alpha * beta);
  },
  upgrade: { since: 10, rewrite: old => scaledCurve(old, 'Softplus') },
});

const factorsOf = (node: Node): readonly number[] =>
  ['alpha', 'beta'].map(name => getFloat(node, name, 1));

function curve(x: number, node: Node): number {
  const [alpha, beta] = factorsOf(node);
  return alpha * Math.log1p(Math.exp(beta * x));
}
