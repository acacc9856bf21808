import { unary } from '../families/unary.js';

/** |x|. */
export const abs = unary('Abs', Math.abs, { exact: true, derivative: ({ g, x }) => g.sign(x) });
