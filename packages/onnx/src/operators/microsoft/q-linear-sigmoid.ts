import { quantised } from '../../families/quantised.js';

/** The sigmoid of quantised numbers, quantised again. */
export const qLinearSigmoid = quantised('QLinearSigmoid');
