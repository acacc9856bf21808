import { unary } from './elementwise.js';

/** α · tanh(β·x). */
export const scaledTanh = unary('ScaledTanh');
