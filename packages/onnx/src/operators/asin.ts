import { unary } from './elementwise.js';

/** arcsin x. */
export const asin = unary('Asin');
