import { unary } from './elementwise.js';

/** tanh x. */
export const tanh = unary('Tanh');
