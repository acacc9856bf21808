import { broadcasting } from '../families/broadcasting.js';

/** The bits set in exactly one, broadcast. */
export const bitwiseXor = broadcasting('BitwiseXor');
