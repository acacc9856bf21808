import { getString } from '../attribute.js';
import { unary } from '../families/unary.js';
import { geluSlope, tanhGeluSlope } from '../formulas/gelu-slope.js';

/** x·Φ(x) with the normal distribution's Φ, or its approximation by tanh. */
export const gelu = unary('Gelu', undefined, {
  derivative: ({ g, x, node }) =>
    getString(node, 'approximate', 'none') === 'tanh' ? tanhGeluSlope(g, x) : geluSlope(g, x),
});
