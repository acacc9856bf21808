import { unary } from './elementwise.js';

/** arsinh x. */
export const asinh = unary('Asinh');
