import { quantised } from '../../families/quantised.js';

/** The matrix product of quantised weights with an input that is quantised on the way. */
export const dynamicQuantizeMatMul = quantised('DynamicQuantizeMatMul');
