import { geluSlope } from '../gelu.js';
import { unary } from '../../families/elementwise.js';

/** x·Φ(x). */
export const microsoftGelu = unary('Gelu', undefined, {
  domain: 'com.microsoft',
  derivative: ({ g, x }) => geluSlope(g, x),
});
