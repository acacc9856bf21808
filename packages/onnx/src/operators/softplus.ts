import { unary } from './elementwise.js';

/** ln(1 + eˣ). */
export const softplus = unary('Softplus', undefined, { derivative: ({ g, x }) => g.sigmoid(x) });
