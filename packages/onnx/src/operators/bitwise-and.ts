import { broadcasting } from '../families/elementwise.js';

/** The bits set in both, broadcast. */
export const bitwiseAnd = broadcasting('BitwiseAnd');
