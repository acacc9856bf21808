import { getFloat } from '../attribute.js';
import { unary } from '../families/unary.js';
import { sigmoidSlope } from '../formulas/sigmoid-slope.js';
import type { Node } from '../graph.js';

/** x/(1 + e^(−α·x)). */
export const swish = unary('Swish', (x, node) => x / (1 + Math.exp(-alphaOf(node) * x)), {
  derivative: ({ g, x, y, node }) => sigmoidSlope(g, x, y, alphaOf(node)),
});

const alphaOf = (node: Node): number => getFloat(node, 'alpha', 1);
