import { unary } from './elementwise.js';

/** ln x. */
export const log = unary('Log');
