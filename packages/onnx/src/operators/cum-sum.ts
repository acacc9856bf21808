import { preserving } from './preserving.js';

/** Running sums along an axis. */
export const cumSum = preserving('CumSum');
