import { float, getFloat } from '../attribute.js';
import { unary } from '../families/unary.js';
import type { Node } from '../graph.js';
import { rewritten } from '../upgrades/rewritten.js';

/** γ·x where positive, else γα(eˣ − 1). */
export const selu = unary('Selu', curve, {
  derivative: ({ g, x, y, node }) => {
    const [alpha, gamma] = factorsOf(node);
    return g.where(g.greater(x, 0), gamma, g.add(y, alpha * gamma));
  },
  upgrade: { since: 6, rewrite: ({ node }) => [withFirstDefaults(node)] },
});

/** Before opset 6 the defaults had fewer digits. */
function withFirstDefaults(node: Node): Node {
  const alpha = float(getFloat(node, 'alpha', 1.6732));
  return rewritten(node, { set: { alpha, gamma: float(getFloat(node, 'gamma', 1.0507)) } });
}

const factorsOf = (node: Node): readonly number[] => [
  getFloat(node, 'alpha', 1.67326319217681884765625),
  getFloat(node, 'gamma', 1.05070102214813232421875),
];

function curve(x: number, node: Node): number {
  const [alpha, gamma] = factorsOf(node);
  return gamma * (x > 0 ? x : alpha * Math.expm1(x));
}
