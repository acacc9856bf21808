import { unary } from './elementwise.js';

/** α·x + β. */
export const affine = unary('Affine');
