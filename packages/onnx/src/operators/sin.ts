import { unary } from '../families/elementwise.js';

/** sin x. */
export const sin = unary('Sin', undefined, { derivative: ({ g, x }) => g.cos(x) });
