import { quantised } from '../../families/quantised.js';

/** LeakyRelu of quantised numbers, quantised again. */
export const qLinearLeakyRelu = quantised('QLinearLeakyRelu');
