import { broadcasting } from '../families/broadcasting.js';

/** a shifted by b bits to the left or right, broadcast. */
export const bitShift = broadcasting('BitShift');
