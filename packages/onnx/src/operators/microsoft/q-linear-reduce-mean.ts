import { quantised } from '../../families/quantised.js';

/** The mean of quantised numbers over axes, quantised again. */
export const qLinearReduceMean = quantised('QLinearReduceMean');
