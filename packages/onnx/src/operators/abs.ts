import { unary } from '../families/elementwise.js';

/** |x|. */
export const abs = unary('Abs', Math.abs, { derivative: ({ g, x }) => g.sign(x) });
