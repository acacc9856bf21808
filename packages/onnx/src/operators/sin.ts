import { unary } from '../families/unary.js';

/** sin x. */
export const sin = unary('Sin', Math.sin, { derivative: ({ g, x }) => g.cos(x) });
