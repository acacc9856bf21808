import { unary } from './elementwise.js';

/** tan x. */
export const tan = unary('Tan');
