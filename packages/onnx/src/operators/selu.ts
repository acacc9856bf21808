import { unary } from './elementwise.js';

/** γ·x where positive, else γα(eˣ − 1). */
export const selu = unary('Selu');
