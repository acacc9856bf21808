import { locating } from '../families/locating.js';

/** The place of the smallest element along an axis. */
export const argMin = locating('ArgMin');
