import { broadcasting } from '../families/broadcasting.js';

/** The bits set in one of both, broadcast. */
export const bitwiseOr = broadcasting('BitwiseOr');
