import { unary } from './elementwise.js';

/** max(0, min(1, α·x + β)). */
export const hardSigmoid = unary('HardSigmoid');
