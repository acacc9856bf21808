import { unary } from '../families/elementwise.js';

/** max(x, 0). */
export const relu = unary('Relu', x => Math.max(x, 0), {
  derivative: ({ g, y }) => g.castLike(g.greater(y, 0), y),
});
