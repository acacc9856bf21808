import { quantised } from '../../families/quantised.js';

/** The sum of quantised numbers, quantised again. */
export const qLinearAdd = quantised('QLinearAdd');
