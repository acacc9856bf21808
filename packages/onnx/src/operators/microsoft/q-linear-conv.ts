import { quantised } from '../../families/quantised.js';

/** The convolution of quantised numbers, channels last if asked. */
export const microsoftQLinearConv = quantised('QLinearConv');
