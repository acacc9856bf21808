import { broadcasting } from '../families/elementwise.js';

/** The bits set in one of both, broadcast. */
export const bitwiseOr = broadcasting('BitwiseOr');
