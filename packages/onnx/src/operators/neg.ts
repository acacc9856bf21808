import { unary } from '../families/elementwise.js';

/** −x. */
export const neg = unary('Neg', x => -x, { derivative: () => -1 });
