import { broadcasting } from '../families/broadcasting.js';

/** The bits set in both, broadcast. */
export const bitwiseAnd = broadcasting('BitwiseAnd');
