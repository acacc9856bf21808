import { unary } from '../families/unary.js';

/** eˣ. */
export const exp = unary('Exp', Math.exp, { derivative: ({ y }) => y });
