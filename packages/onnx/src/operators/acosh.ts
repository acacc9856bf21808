import { unary } from './elementwise.js';

/** arcosh x. */
export const acosh = unary('Acosh');
