import { broadcasting } from '../families/elementwise.js';

/** a shifted by b bits to the left or right, broadcast. */
export const bitShift = broadcasting('BitShift');
