import { unary } from './elementwise.js';

/** x where it is above α, else 0. */
export const thresholdedRelu = unary('ThresholdedRelu');
