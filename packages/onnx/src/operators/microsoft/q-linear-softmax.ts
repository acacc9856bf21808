import { quantised } from '../../families/quantised.js';

/** The softmax of quantised numbers, quantised again. */
export const qLinearSoftmax = quantised('QLinearSoftmax');
