import { unary } from '../families/elementwise.js';

/** ln(1 + eˣ). */
export const softplus = unary('Softplus', undefined, { derivative: ({ g, x }) => g.sigmoid(x) });
