import { unary } from '../families/elementwise.js';

/** tan x. */
export const tan = unary('Tan', undefined, { derivative: ({ g, y }) => g.add(g.square(y), 1) });
