import { getFloat } from '../../attribute.js';
import { unary } from '../../families/elementwise.js';
import { sigmoidSlope } from '../../formulas/sigmoid-slope.js';

/** x/(1 + e^(−α·x)). */
export const quickGelu = unary('QuickGelu', undefined, {
  domain: 'com.microsoft',
  derivative: ({ g, x, y, node }) => sigmoidSlope(g, x, y, getFloat(node, 'alpha', 1.702)),
});
