import { unary } from './elementwise.js';

/** arccos x. */
export const acos = unary('Acos');
