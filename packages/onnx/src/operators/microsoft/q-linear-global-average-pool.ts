import { quantised } from '../../families/quantised.js';

/** The mean of quantised numbers over all of space, quantised again. */
export const qLinearGlobalAveragePool = quantised('QLinearGlobalAveragePool');
