import { unary } from '../families/elementwise.js';

/** sinh x. */
export const sinh = unary('Sinh', undefined, { derivative: ({ g, x }) => g.op('Cosh', [x]) });
