import { unary } from '../families/unary.js';

/** cos x. */
export const cos = unary('Cos', Math.cos, { derivative: ({ g, x }) => g.neg(g.sin(x)) });
