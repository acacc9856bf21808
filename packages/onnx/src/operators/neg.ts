import { unary } from './elementwise.js';

/** −x. */
export const neg = unary('Neg', x => -x, { derivative: () => -1 });
