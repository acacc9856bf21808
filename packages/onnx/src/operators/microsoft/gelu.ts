import { unary } from '../../families/unary.js';
import { geluSlope } from '../../formulas/gelu-slope.js';

/** x·Φ(x). */
export const microsoftGelu = unary('Gelu', undefined, {
  domain: 'com.microsoft',
  derivative: ({ g, x }) => geluSlope(g, x),
});
