import { unary } from './elementwise.js';

/** x where positive, else α(eˣ − 1). */
export const elu = unary('Elu');
