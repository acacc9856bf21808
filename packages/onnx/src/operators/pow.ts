import { broadcasting } from './elementwise.js';

/** aᵇ, broadcast. */
export const pow = broadcasting('Pow');
