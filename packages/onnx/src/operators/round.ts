import { unary } from './elementwise.js';

/** The nearest whole number, of two the even one. */
export const round = unary('Round', x => {
  const below = Math.floor(x);
  const isTie = x - below === 0.5;
  return isTie ? below + Math.abs(below % 2) : Math.round(x);
});
