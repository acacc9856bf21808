import { unary } from '../families/elementwise.js';

/** tanh x. */
export const tanh = unary('Tanh', undefined, { derivative: ({ g, y }) => g.sub(1, g.square(y)) });
