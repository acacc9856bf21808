import { unary } from './elementwise.js';

/** x + bias below −λ, x − bias above λ, else 0. */
export const shrink = unary('Shrink');
