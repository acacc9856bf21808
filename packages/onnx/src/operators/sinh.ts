import { unary } from '../families/unary.js';

/** sinh x. */
export const sinh = unary('Sinh', Math.sinh, { derivative: ({ g, x }) => g.op('Cosh', [x]) });
