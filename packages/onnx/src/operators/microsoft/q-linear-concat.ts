import { quantised } from '../../families/quantised.js';

/** Quantised numbers one after the other along an axis, quantised alike. */
export const qLinearConcat = quantised('QLinearConcat');
