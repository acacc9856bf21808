import { unary } from '../families/elementwise.js';

/** cos x. */
export const cos = unary('Cos', undefined, { derivative: ({ g, x }) => g.neg(g.sin(x)) });
