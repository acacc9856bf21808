import { unary } from './elementwise.js';

/** artanh x. */
export const atanh = unary('Atanh');
