import { broadcasting } from './elementwise.js';

/** The bits set in both, broadcast. */
export const bitwiseAnd = broadcasting('BitwiseAnd');
