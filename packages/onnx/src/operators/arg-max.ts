import { locating } from '../families/locating.js';

/** The place of the largest element along an axis. */
export const argMax = locating('ArgMax');
