import { unary } from '../families/unary.js';

/** tan x. */
export const tan = unary('Tan', Math.tan, { derivative: ({ g, y }) => g.add(g.square(y), 1) });
