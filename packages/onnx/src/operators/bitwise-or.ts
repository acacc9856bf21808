import { broadcasting } from './elementwise.js';

/** The bits set in one of both, broadcast. */
export const bitwiseOr = broadcasting('BitwiseOr');
