import { unary } from '../families/unary.js';

/** −x. */
export const neg = unary('Neg', x => -x, {
  exact: true,
  path: () => [0],
  derivative: () => -1,
});
