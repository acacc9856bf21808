import { unary } from './elementwise.js';

/** α · ln(1 + e^(β·x)). */
export const parametricSoftplus = unary('ParametricSoftplus');
