import { unary } from '../families/unary.js';
import { flat } from '../formulas/flat.js';

/** The nearest whole number, of two the even one. */
export const round = unary('Round', nearest, { exact: true, gradient: flat });

function nearest(x: number): number {
  const whole = Math.trunc(x);
  const isTie = Math.abs(x - whole) === 0.5;
  return isTie ? whole + (whole % 2) : Math.round(x);
}
