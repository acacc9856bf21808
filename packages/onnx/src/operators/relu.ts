import { unary } from '../families/unary.js';

/** max(x, 0). */
export const relu = unary('Relu', x => Math.max(x, 0), {
  exact: true,
  rectifies: () => true,
  derivative: ({ g, y }) => g.castLike(g.greater(y, 0), y),
});
