import { quantised } from '../../families/quantised.js';

/** The matrix product of 8-bit integers, scaled to floating point. */
export const matMulIntegerToFloat = quantised('MatMulIntegerToFloat');
