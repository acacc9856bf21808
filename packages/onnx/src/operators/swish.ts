import { getFloat } from '../attribute.js';
import { sigmoidSlope } from '../formulas/sigmoid-slope.js';
import { unary } from '../families/elementwise.js';

/** x/(1 + e^(−α·x)). */
export const swish = unary('Swish', undefined, {
  derivative: ({ g, x, y, node }) => sigmoidSlope(g, x, y, getFloat(node, 'alpha', 1)),
});
