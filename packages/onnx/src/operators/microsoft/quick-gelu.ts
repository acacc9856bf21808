import { getFloat } from '../../attribute.js';
import { unary } from '../../families/unary.js';
import { sigmoidSlope } from '../../formulas/sigmoid-slope.js';
import type { Node } from '../../graph.js';

/** x/(1 + e^(−α·x)). */
export const quickGelu = unary('QuickGelu', (x, node) => x / (1 + Math.exp(-alphaOf(node) * x)), {
  domain: 'com.microsoft',
  derivative: ({ g, x, y, node }) => sigmoidSlope(g, x, y, alphaOf(node)),
});

const alphaOf = (node: Node): number => getFloat(node, 'alpha', 1.702);
