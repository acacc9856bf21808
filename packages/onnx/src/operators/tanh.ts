import { unary } from '../families/unary.js';

/** tanh x. */
export const tanh = unary('Tanh', Math.tanh, { derivative: ({ g, y }) => g.sub(1, g.square(y)) });
