import { broadcasting } from './elementwise.js';

/** The largest of all its inputs, broadcast. */
export const max = broadcasting('Max', Math.max);
