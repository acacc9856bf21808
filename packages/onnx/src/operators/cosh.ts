import { unary } from '../families/elementwise.js';

/** cosh x. */
export const cosh = unary('Cosh', undefined, { derivative: ({ g, x }) => g.op('Sinh', [x]) });
