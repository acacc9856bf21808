import { unary } from '../families/unary.js';

/** cosh x. */
export const cosh = unary('Cosh', Math.cosh, { derivative: ({ g, x }) => g.op('Sinh', [x]) });
