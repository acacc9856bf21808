import { quantised } from '../../families/quantised.js';

/** The mean of each window of quantised numbers, quantised again. */
export const qLinearAveragePool = quantised('QLinearAveragePool');
