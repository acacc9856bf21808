import { unary } from '../families/unary.js';

/** −x. */
export const neg = unary('Neg', x => -x, {
  exact: true,
  affine: () => ({ input: 0, factor: { dims: [], first: -1 } }),
  path: () => [0],
  derivative: () => -1,
});
