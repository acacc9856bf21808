import { float, getFloat } from '../attribute.js';
import type { Node } from '../graph.js';
import { unary } from '../families/elementwise.js';
import { rewritten } from '../upgrades/rewritten.js';

/** γ·x where positive, else γα(eˣ − 1). */
export const selu = unary('Selu', undefined, {
  derivative: ({ g, x, y, node }) => {
    const alpha = getFloat(node, 'alpha', 1.67326319217681884765625);
    const gamma = getFloat(node, 'gamma', 1.05070102214813232421875);
    return g.where(g.greater(x, 0), gamma, g.add(y, alpha * gamma));
  },
  upgrade: { since: 6, rewrite: ({ node }) => [withFirstDefaults(node)] },
});

/** Before opset 6 the defaults had fewer digits. */
function withFirstDefaults(node: Node): Node {
  const alpha = float(getFloat(node, 'alpha', 1.6732));
  return rewritten(node, { set: { alpha, gamma: float(getFloat(node, 'gamma', 1.0507)) } });
}
