import { unary } from './elementwise.js';

/** x · max(0, min(1, x/6 + ½)). */
export const hardSwish = unary('HardSwish');
