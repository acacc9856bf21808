import { getFloat } from '../attribute.js';
import { unary } from '../families/elementwise.js';
import { scaledCurve } from '../upgrades/scaled-curve.js';

/** α · tanh(β·x). */
export const scaledTanh = unary('ScaledTanh', undefined, {
  derivative: ({ g, y, node }) => {
    const [alpha, beta] = [getFloat(node, 'alpha', 1), getFloat(node, 'beta', 1)];
    return g.sub(alpha * beta, g.mul(g.square(y), beta / alpha));
  },
  upgrade: { since: 10, rewrite: old => scaledCurve(old, 'Tanh') },
});
