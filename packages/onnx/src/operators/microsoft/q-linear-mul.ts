import { quantised } from '../../families/quantised.js';

/** The product of quantised numbers, quantised again. */
export const qLinearMul = quantised('QLinearMul');
