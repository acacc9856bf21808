import { unary } from '../families/elementwise.js';

/** eˣ. */
export const exp = unary('Exp', undefined, { derivative: ({ y }) => y });
