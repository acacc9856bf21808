import { unary } from './elementwise.js';

/** tan x. */
export const tan = unary('Tan', undefined, { derivative: ({ g, y }) => g.add(g.square(y), 1) });
