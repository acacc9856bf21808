import { getFloat } from '../attribute.js';
import { unary } from '../families/elementwise.js';
import { scaledCurve } from '../upgrades/scaled-curve.js';

/** α · ln(1 + e^(β·x)). */
export const parametricSoftplus = unary('ParametricSoftplus', undefined, {
  derivative: ({ g, x, node }) => {
    const [alpha, beta] = [getFloat(node, 'alpha', 1), getFloat(node, 'beta', 1)];
    return g.mul(g.sigmoid(g.mul(x, beta)), alpha * beta);
  },
  upgrade: { since: 10, rewrite: old => scaledCurve(old, 'Softplus') },
});
