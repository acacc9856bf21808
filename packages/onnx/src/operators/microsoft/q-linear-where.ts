import { quantised } from '../../families/quantised.js';

/** Quantised numbers of one of two inputs, quantised again. */
export const qLinearWhere = quantised('QLinearWhere');
