import { broadcasting } from './elementwise.js';

/** a · b, broadcast. */
export const mul = broadcasting('Mul', (a, b) => a * b);
