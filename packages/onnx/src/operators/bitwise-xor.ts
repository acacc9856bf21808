import { broadcasting } from '../families/elementwise.js';

/** The bits set in exactly one, broadcast. */
export const bitwiseXor = broadcasting('BitwiseXor');
